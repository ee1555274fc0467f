import { expect, test } from '@jest/globals';
import { functionMetrics } from '../../shared/adapters/function-metrics.ts';

const now = () => new Date('2026-03-01T00:00:00.250Z');

test('a metric is one line that CloudWatch reads: where, by which stage, in which unit, and the value', () => {
  const lines: string[] = [];
  const metrics = functionMetrics({ stage: 'prod', now, write: (line) => void lines.push(line) });

  metrics.put('BundleAgeSeconds', 86_400);
  metrics.put('OwnCertificateFindable', 0);

  expect(lines.map((line) => line.endsWith('\n') && (JSON.parse(line) as object))).toEqual([
    {
      _aws: {
        Timestamp: 1_772_323_200_250,
        CloudWatchMetrics: [
          {
            Namespace: 'DirectTransmit',
            Dimensions: [['stage']],
            Metrics: [{ Name: 'BundleAgeSeconds', Unit: 'Seconds' }],
          },
        ],
      },
      stage: 'prod',
      BundleAgeSeconds: 86_400,
    },
    expect.objectContaining({ stage: 'prod', OwnCertificateFindable: 0 }),
  ]);
});
