import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { metricDimensions, METRICS_NAMESPACE } from '../../shared/metrics.ts';

const ADAPTER = resolve(import.meta.dirname, '../../shared/adapters/function-metrics.ts');

/** What a function that does this leaves in its log, were its settings in the environment what they like. */
const printedBy = (puts: string): readonly string[] =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { functionMetrics } = await import(${JSON.stringify(ADAPTER)});
       const metrics = functionMetrics({ stage: 'prod' });
       ${puts}`,
    ],
    { encoding: 'utf8', env: { POWERTOOLS_SERVICE_NAME: 'another' } },
  )
    .trim()
    .split('\n');

test('a metric is one line that CloudWatch reads: where, by what it is filed, in which unit, and the value', () => {
  const before = Date.now();
  const lines = printedBy(`metrics.put('BundleAgeSeconds', 86_400);
    metrics.put('OwnCertificateFindable', 0);`).map((line) => JSON.parse(line) as Embedded);

  expect(lines).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: METRICS_NAMESPACE,
            Dimensions: [Object.keys(metricDimensions('prod'))],
            Metrics: [{ Name: 'BundleAgeSeconds', Unit: 'Seconds' }],
          },
        ],
      },
      ...metricDimensions('prod'),
      BundleAgeSeconds: 86_400,
    },
    expect.objectContaining({ ...metricDimensions('prod'), OwnCertificateFindable: 0 }),
  ]);
  for (const { _aws } of lines) expect(_aws.Timestamp).toBeGreaterThanOrEqual(before);
});

interface Embedded {
  readonly _aws: { readonly Timestamp: number };
}

test('values of one metric stay values of their own, and none waits for the end of the call', () => {
  const lines = printedBy(`metrics.put('OwnCertificateDaysLeft', 3);
    metrics.put('OwnCertificateDaysLeft', 300);
    process.exit(0);`);

  expect(
    lines.map((line) => (JSON.parse(line) as Record<string, unknown>)['OwnCertificateDaysLeft']),
  ).toEqual([3, 300]);
});
