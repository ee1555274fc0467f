import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/metrics.ts';
import { logGroupName } from '../constructs/handler-function.ts';
import type { Watched, WatchedFunction } from '../constructs/watched.ts';
import { deadLettersOf, http, lambda, oldestIn, reputation } from './aws-metrics.ts';
import { DAY, HOUR, minutes, ownMetrics } from './rule.ts';
import { counted, graph, numbers, type Widget } from './widgets.ts';

export interface Row {
  readonly title: string;
  readonly widgets: readonly Widget[];
}

export interface Seen {
  readonly stage: string;
  readonly watched: Watched;
  /** Whether copies leave by SES. */
  readonly bySes: boolean;
}

const FIVE = minutes(5);

/** What the dashboard shows, row by row, in the order in which a copy goes its way. */
export const rowsOf = (seen: Seen): readonly Row[] => [
  ...takingIn(seen),
  ...sending(seen),
  { title: 'What the holder is told', widgets: reports(seen) },
  ...(seen.bySes ? [{ title: 'SES', widgets: ses(seen) }] : []),
  { title: 'Certificates and trust', widgets: trust(seen) },
  { title: 'Security', widgets: security(seen) },
  { title: 'What it costs', widgets: costs(seen.watched) },
];

const drawing = (stage: string) => {
  const own = ownMetrics(stage);
  return {
    sums: (title: string, ...names: readonly MetricName[]) =>
      graph(
        title,
        names.map((name) => own(name, Stats.SUM, FIVE)),
      ),
    spread: (title: string, name: MetricName) =>
      graph(
        title,
        [Stats.p(50), Stats.p(99), Stats.MAXIMUM].map((each) => own(name, each, FIVE)),
      ),
    daily: (title: string, name: MetricName, statistic: string) =>
      graph(title, [own(name, statistic, DAY)]),
    lastDay: (...names: readonly MetricName[]) =>
      numbers(
        'The last 24 hours',
        names.map((name) => own(name, Stats.SUM, DAY)),
      ),
  };
};

function takingIn({ stage, watched: { apis, queues } }: Seen): readonly Row[] {
  const { sums, spread, lastDay } = drawing(stage);
  const named = queues.flatMap(({ queueName }) => queueName ?? []);
  return [
    {
      title: 'Copies',
      widgets: [
        lastDay('CopyRequested', 'CopyHandedOver', 'CopyDelivered', 'CopyFailed', 'CopyStopped'),
      ],
    },
    {
      title: 'Intake',
      widgets: [
        sums('Requests', 'RequestCreated', 'RequestRevoked'),
        sums('Events', 'EventTaken', 'EventRepeated', 'NotificationGap'),
        graph('Calls of the API', apis.flatMap(callsOf)),
        graph('Answers of the API, in ms', apis.flatMap(latencyOf)),
      ],
    },
    {
      title: 'Coalescing',
      widgets: [
        sums('Windows, and the copies that came of them', 'WindowClosed', 'CopyRequested'),
        spread('How late the sweep comes, in s', 'SweepLagSeconds'),
        graph('How long messages wait, in s', named.map(oldestIn)),
        graph('Dead letters', queues.map(deadLettersOf)),
      ],
    },
  ];
}

function sending({ stage }: Seen): readonly Row[] {
  const { sums, spread } = drawing(stage);
  return [
    {
      title: 'Send',
      widgets: [
        sums('Attempts', 'CopyHandedOver', 'CopyDeferred', 'UncertainCopy', 'DuplicateDoorbell'),
        spread('From the decision to the relay, in s', 'HandedOverInSeconds'),
        sums('The relay is left alone', 'CircuitOpened'),
        counted({
          title: 'What attempts came to',
          logGroup: logGroupName(stage, 'send-transmission'),
          filter: "event = 'attempted' and ispresent(code)",
          by: 'code',
        }),
      ],
    },
    {
      title: 'Recipients',
      widgets: [
        sums('Ends', 'CopyDelivered', 'CopyFailed', 'CopyUnanswered', 'CopyStopped'),
        counted({
          title: 'Why copies failed',
          logGroup: logGroupName(stage, 'report'),
          filter: "event = 'copy-failed'",
          by: 'code',
        }),
      ],
    },
    {
      title: 'Notices',
      widgets: [
        sums('Notices', 'CopyProcessed', 'LateNotice', 'OrphanNotice', 'LetterKept'),
        spread('From the relay to the notice, in s', 'ProcessedInSeconds'),
        sums('The mailbox', 'MailboxUnread', 'MailSkipped'),
      ],
    },
  ];
}

const callsOf = (apiId: string) =>
  (['Count', '4xx', '5xx'] as const).map((name) => http(name, Stats.SUM, apiId));

const latencyOf = (apiId: string) =>
  [50, 95, 99].map((percent) => http('Latency', Stats.p(percent), apiId));

function reports({ stage, watched: { functions } }: Seen): readonly Widget[] {
  const { sums, spread } = drawing(stage);
  const streams = functions.filter(({ calledBy }) => calledBy === 'stream');
  return [
    spread('Until it was told, in s', 'ReportLagSeconds'),
    sums('Who could not be told', 'BusUntold', 'WebhookDisabled', 'SubmitterUntold'),
    graph(
      'How far the readers of the stream are behind, in ms',
      streams.map((each) => lambda('IteratorAge', Stats.MAXIMUM, FIVE, each.functionName)),
    ),
  ];
}

const ses = ({ stage }: Seen): readonly Widget[] => [
  graph('Bounces: 0.05 is too much', [reputation('BounceRate')]),
  graph('Complaints: 0.001 is too much', [reputation('ComplaintRate')]),
  drawing(stage).sums('Complaints', 'Complaint'),
  graph('Of the quota of 24 hours, in %', [
    ownMetrics(stage)('RelayQuotaUsedPercent', Stats.MAXIMUM, FIVE),
  ]),
];

const trust = ({ stage }: Seen): readonly Widget[] => {
  const { daily } = drawing(stage);
  return [
    daily('Days until a certificate of ours runs out', 'OwnCertificateDaysLeft', Stats.MINIMUM),
    daily('Strangers find our certificates', 'OwnCertificateFindable', Stats.MINIMUM),
    daily('Since the oldest bundle was fetched, in s', 'BundleAgeSeconds', Stats.MAXIMUM),
  ];
};

const security = ({ stage }: Seen): readonly Widget[] => [
  drawing(stage).sums('What should not be', 'CallerRefused', 'DoorUnwatched', 'UploadUnasked'),
  drawing(stage).sums('What is no longer kept', 'Purged', 'PurgeFailed'),
  counted({
    title: 'Why callers were refused',
    logGroup: logGroupName(stage, 'authorizer'),
    filter: "event = 'caller-refused'",
    by: 'code, tokenFault',
  }),
];

function costs({ functions }: Watched): readonly Widget[] {
  const over = (name: 'Invocations' | 'Errors') =>
    functions.map((each) => lambda(name, Stats.SUM, HOUR, each.functionName));
  return [
    graph('Calls of functions an hour', over('Invocations')),
    graph('Calls that broke off', over('Errors')),
    graph('Memory times time, in GB-s an hour', functions.map(gigabyteSeconds)),
  ];
}

/** What Lambda bills beside the calls themselves. In one graph every part of every sum has a name of its own. */
const gigabyteSeconds = (
  { name, functionName, memoryMegabytes }: WatchedFunction,
  at: number,
): MathExpression =>
  new MathExpression({
    expression: `ms${at} / 1000 * ${memoryMegabytes / 1024}`,
    usingMetrics: { [`ms${at}`]: lambda('Duration', Stats.SUM, HOUR, functionName) },
    label: name,
    period: HOUR,
  });
