import { describe, expect, test } from '@jest/globals';
import { metricDimensions, METRICS, METRICS_NAMESPACE } from '../../shared/metrics.ts';
import { named, sandboxResources } from './support/templates.ts';

const resources = sandboxResources();
const namesOf = (type: string, property: string): readonly string[] =>
  resources.filter((each) => each.type === type).map(({ properties }) => properties[property]);

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly query?: string;
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

const [dashboard, ...others] = resources.filter(
  ({ type }) => type === 'AWS::CloudWatch::Dashboard',
);
const { widgets } = JSON.parse(named(dashboard?.properties.DashboardBody)) as {
  readonly widgets: readonly Widget[];
};

interface Drawn {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** `["DirectTransmit","CopyFailed","service","direct-transmit","stage","sandbox",{…}]`; what is calculated has no name. */
const drawn: readonly Drawn[] = widgets
  .flatMap(({ properties }) => properties.metrics ?? [])
  .map((written) => written.filter((each): each is string => typeof each === 'string'))
  .filter(({ length }) => length > 0)
  .map(([namespace = '', name = '', ...rest]) => ({
    namespace,
    name,
    dimensions: Object.fromEntries(
      rest.flatMap((key, at) => (at % 2 === 0 ? [[key, rest[at + 1] ?? '']] : [])),
    ),
  }));

const of = (namespace: string) => drawn.filter((each) => each.namespace === namespace);

test('there is one, and on top of it every alarm', () => {
  expect(others).toEqual([]);
  const [first] = widgets;
  const alarms = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  expect(first?.properties.alarms).toEqual(alarms.map(({ id }) => id));
});

test('it has a row for each part of the way', () => {
  const titles = widgets.flatMap(({ properties }) => properties.markdown ?? []);
  expect(titles).toEqual(
    [
      'Copies',
      'Intake',
      'Coalescing',
      'Send',
      'Recipients',
      'Notices',
      'What the holder is told',
      'SES',
      'Certificates and trust',
      'Security',
      'What it costs',
    ].map((title) => `## ${title}`),
  );
});

describe('everything on it is there', () => {
  test('what functions put, in the way in which they put it', () => {
    const ours = of(METRICS_NAMESPACE);
    expect(ours.length).toBeGreaterThan(30);
    for (const { name, dimensions } of ours) {
      expect(Object.keys(METRICS)).toContain(name);
      expect(dimensions).toEqual(metricDimensions('sandbox'));
    }
  });

  test('functions, each of them, and queues', () => {
    const functions = namesOf('AWS::Lambda::Function', 'FunctionName');
    expect(new Set(of('AWS/Lambda').map(({ dimensions }) => dimensions['FunctionName']))).toEqual(
      new Set(functions),
    );
    expect(new Set(of('AWS/SQS').map(({ dimensions }) => dimensions['QueueName']))).toEqual(
      new Set(namesOf('AWS::SQS::Queue', 'QueueName')),
    );
  });

  test('logs', () => {
    const groups = namesOf('AWS::Logs::LogGroup', 'LogGroupName');
    const asked = widgets.flatMap(({ properties }) => properties.query ?? []);
    expect(asked.length).toBeGreaterThan(2);
    for (const query of asked) expect(groups).toContain(/^SOURCE '([^']+)'/.exec(query)?.[1]);
  });

  test('and nothing else', () => {
    expect(new Set(drawn.map(({ namespace }) => namespace))).toEqual(
      new Set([METRICS_NAMESPACE, 'AWS/ApiGateway', 'AWS/Lambda', 'AWS/SES', 'AWS/SQS']),
    );
  });
});

test('what is counted and neither drawn nor an alarm is counted for nobody', () => {
  const watched = resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ properties }) => JSON.stringify(properties))
    .join();
  const seen = new Set(of(METRICS_NAMESPACE).map(({ name }) => name));
  expect(Object.keys(METRICS).filter((name) => !seen.has(name) && !watched.includes(`"${name}"`))).toEqual([]); // prettier-ignore
});
