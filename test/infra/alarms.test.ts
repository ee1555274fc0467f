import { describe, expect, test } from '@jest/globals';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { FAILURES } from '../../shared/failures.ts';
import { metricDimensions, METRICS, METRICS_NAMESPACE } from '../../shared/metrics.ts';
import { parseSettings } from '../../shared/settings.ts';
import {
  alarmsIn,
  type AlarmMetric,
  codesInRunbook,
  headings,
  metricsOf,
} from './support/alarms.ts';
import { named, resourcesOf, SANDBOX } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Of the templates. */
const OUTPUTS = ['AlarmTopic', 'DashboardUrl'];

/** A stage that has everything there is an alarm for. */
const resources = resourcesOf(
  directTransmit({
    config: {
      ...SANDBOX,
      settings: parseSettings({
        ...SANDBOX.settings,
        mailbox: { url: 'imaps://mail.hisp.example', of: 'hisp' },
        bundles: [{ name: 'community', url: 'https://bundles.example.org/community.p7b' }],
      }),
      deployment: { ...SANDBOX.deployment, alarmEmails: ['ops@holder.example'] },
    },
    outdir: temporaryFolder(),
  }),
);
const alarms = alarmsIn(resources);
const of = (type: string) => resources.filter((each) => each.type === type);

describe('every alarm', () => {
  test.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    '%s tells people when it is raised and when it is over, and where it is written what to do',
    (name, alarm) => {
      for (const actions of [alarm.AlarmActions, alarm.OKActions]) {
        expect(actions.map(named)).toEqual(['AlarmsTopic']);
      }
      expect(alarm.ActionsEnabled).not.toBe(false);
      const [, severity, heading = ''] =
        /^(page|look): [A-Za-z].*\. See docs\/runbook\.md#([a-z-]+)$/.exec(
          alarm.AlarmDescription,
        ) ?? [];
      expect(severity).toBeDefined();
      expect(headings()).toContain(heading);
      expect(name.startsWith(`direct-transmit-sandbox-${heading}`)).toBe(true);
    },
  );

  test('looks at what is put, in the way in which it is put', () => {
    const ours = alarms
      .flatMap(metricsOf)
      .filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);
    expect(ours.length).toBeGreaterThan(20);
    for (const { MetricName, Dimensions } of ours) {
      expect(Object.keys(METRICS)).toContain(MetricName);
      expect(Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))).toEqual(
        metricDimensions('sandbox'),
      );
    }
  });

  test('has a name of its own, and so has each heading an alarm', () => {
    const names = alarms.map(({ AlarmName }) => AlarmName);
    expect(new Set(names).size).toBe(names.length);
    const meant = alarms.map(({ AlarmDescription }) => AlarmDescription.split('#').at(-1));
    expect(new Set(meant)).toEqual(new Set(headings()));
  });
});

const lookingAt = (metric: string, dimension: string, value: string): readonly string[] =>
  alarms
    .filter((alarm) =>
      metricsOf(alarm).some(
        ({ MetricName, Dimensions }) =>
          MetricName === metric &&
          Dimensions.some(({ Name, Value }) => Name === dimension && Value === value),
      ),
    )
    .map(({ AlarmName }) => AlarmName);

describe('nothing is made that nobody watches', () => {
  const deadLetters = of('AWS::SQS::Queue').filter(({ properties }) => !properties.RedrivePolicy);

  test.each(deadLetters.map(({ id, properties }) => [id, properties.QueueName] as const))(
    '%s wakes somebody up with its first message',
    (_, queueName) => {
      const [name, ...more] = lookingAt(
        'ApproximateNumberOfMessagesVisible',
        'QueueName',
        queueName,
      );
      expect(more).toEqual([]);
      expect(alarms.find(({ AlarmName }) => AlarmName === name)).toMatchObject({
        AlarmDescription: expect.stringMatching(/^page:/),
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        EvaluationPeriods: 1,
      });
    },
  );

  const integrated = new Set(
    [...of('AWS::ApiGatewayV2::Integration'), ...of('AWS::ApiGatewayV2::Authorizer')].map(
      ({ properties }) => functionIn(properties.IntegrationUri ?? properties.AuthorizerUri),
    ),
  );

  test('there are functions behind the API, and others', () => {
    expect(integrated.size).toBeGreaterThan(10);
    expect(of('AWS::Lambda::Function').length - integrated.size).toBeGreaterThan(8);
  });

  test.each(
    of('AWS::Lambda::Function')
      .filter(({ id }) => !integrated.has(id))
      .map(({ id, properties }) => [id, properties] as const),
  )('%s, which is behind no API, has alarms for its errors and its time', (_, properties) => {
    const { FunctionName, Timeout } = properties;
    expect(lookingAt('Errors', 'FunctionName', FunctionName)).toHaveLength(1);
    const [name = ''] = lookingAt('Duration', 'FunctionName', FunctionName);
    expect(alarms.find(({ AlarmName }) => AlarmName === name)).toMatchObject({
      ExtendedStatistic: 'p99',
      Threshold: 800 * Timeout,
    });
  });

  test.each([
    ['purge', 1],
    ['refresh-trust', 1],
    ['sweep', 2],
    ['send-transmission', 2],
  ])(
    'that %s is slow is told after %i quarter(s) of an hour in which it is called',
    (name, times) => {
      const [alarm = ''] = lookingAt('Duration', 'FunctionName', `direct-transmit-sandbox-${name}`);
      expect(alarms.find(({ AlarmName }) => AlarmName === alarm)).toMatchObject({
        Period: 900,
        EvaluationPeriods: times,
      });
    },
  );

  test('a function behind the API has no alarm of its own: its errors are answers', () => {
    const behind = of('AWS::Lambda::Function').filter(({ id }) => integrated.has(id));
    const names = behind.map(({ properties }) => lookingAt('Errors', 'FunctionName', properties.FunctionName)); // prettier-ignore
    expect(names.flat()).toEqual([]);
  });

  test('the API has one for its errors, which are those of all functions behind it', () => {
    const apis = of('AWS::ApiGatewayV2::Api');
    expect(apis).toHaveLength(1);
    const watched = alarms.flatMap(metricsOf).filter(({ MetricName }) => MetricName === '5xx');
    expect(watched.map(({ Dimensions: [api] }) => named(api?.Value))).toEqual([
      expect.stringContaining(apis[0]?.id ?? 'none'),
    ]);
  });

  test.each(
    of('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.StartingPosition),
  )('what reads the stream: $id', ({ properties }) => {
    const fn = of('AWS::Lambda::Function').find(({ id }) => id === named(properties.FunctionName));
    const names = lookingAt('IteratorAge', 'FunctionName', fn?.properties.FunctionName);
    const found = alarms.filter(({ AlarmName }) => names.includes(AlarmName));
    expect(found.map(({ Threshold }) => Threshold)).toEqual([300_000, 3_600_000]);
  });
});

/** The function that an integration or an authorizer calls. */
function functionIn(uri: unknown): string {
  return /\["([A-Za-z]+Function)[0-9A-F]{8}","Arn"\]/.exec(JSON.stringify(uri))?.[1] ?? '';
}

/** The thresholds that people were promised. */
test.each<[string, Partial<AlarmMetric> & Record<string, unknown>]>([
  [
    'no-sweep',
    { MetricName: 'SweepRan', Period: 60, EvaluationPeriods: 5, TreatMissingData: 'breaching' },
  ],
  [
    'queue-waits-send-transmission',
    { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 900 },
  ],
  ['own-certificate-expires-45-days', { Statistic: 'Minimum', Threshold: 45 }],
  ['own-certificate-expires-14-days', { Statistic: 'Minimum', Threshold: 14 }],
  ['own-certificate-expires-3-days', { Statistic: 'Minimum', Threshold: 3 }],
  ['ses-bounces', { MetricName: 'Reputation.BounceRate', Threshold: 0.02 }],
  ['ses-complaints', { MetricName: 'Reputation.ComplaintRate', Threshold: 0.0008 }],
  ['relay-quota', { MetricName: 'RelayQuotaUsedPercent', Statistic: 'Maximum', Threshold: 80 }],
  ['bundle-old', { MetricName: 'BundleAgeSeconds', Statistic: 'Maximum' }],
  ['uncertain-copies', { MetricName: 'UncertainCopy', Period: 1800, Threshold: 1 }],
  ['orphan-notices', { MetricName: 'OrphanNotice', Period: 3600, Threshold: 6 }],
  ['throttled', { MetricName: 'Throttles', Threshold: 0 }],
  [
    'upload-unasked',
    {
      MetricName: 'UploadUnasked',
      Statistic: 'Sum',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    },
  ],
])('%s is raised when it was said to be', (name, expected) => {
  const alarm = alarms.find(({ AlarmName }) => AlarmName === `direct-transmit-sandbox-${name}`);
  expect(alarm).toMatchObject(expected);
});

test('a copy or two that fail at night are no alarm, five of a hundred are', () => {
  const [alarm] = alarms.filter(({ AlarmName }) => AlarmName.endsWith('failing-copies'));
  expect(alarm).toMatchObject({ Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' });
  const { Expression } = alarm?.Metrics?.find(({ ReturnData }) => ReturnData) ?? {};
  expect(Expression).toBe('IF(bad >= 5, 100 * bad / ended, 0)');
});

test('the runbook names codes and metrics that there are', () => {
  const words = codesInRunbook();
  const codes = words.filter((each) => /^(edge|deliver|notification|trust)\/[a-z-]+$/.test(each));
  expect(codes.length).toBeGreaterThan(8);
  expect(codes.filter((code) => !Object.hasOwn(FAILURES, code))).toEqual([]);
  const metrics = words.filter((each) => /^([A-Z][a-z]+){2,}$/.test(each));
  const known = [...Object.keys(METRICS), ...OUTPUTS];
  expect(metrics.filter((metric) => !known.includes(metric))).toEqual([]);
});

test('where copies do not go by SES, what SES makes of the account is no business of ours', () => {
  const deployment = { ...SANDBOX.deployment, relayUrl: 'smtps://relay.example' };
  const config = { ...SANDBOX, deployment };
  const there = alarmsIn(resourcesOf(directTransmit({ config, outdir: temporaryFolder() })));
  const looked = (some: typeof alarms) => some.flatMap(metricsOf).map(({ Namespace }) => Namespace);
  expect(looked(alarms)).toContain('AWS/SES');
  expect(looked(there)).not.toContain('AWS/SES');
});

test('people whom the settings name are asked whether they want to hear of alarms', () => {
  const told = of('AWS::SNS::Subscription').filter(({ stack }) => stack === 'Observability');
  expect(told.map(({ properties }) => properties)).toMatchObject([
    { Protocol: 'email', Endpoint: 'ops@holder.example' },
  ]);
  const { deadLetterTargetArn } = told[0]?.properties.RedrivePolicy ?? {};
  expect(named(deadLetterTargetArn)).toBe('AlarmsDeadLetters');
});
