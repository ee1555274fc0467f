import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Watched, WatchedFunction, WatchedQueue } from '../constructs/watched.ts';
import { deadLettersOf, http, lambda, oldestIn, reputation } from './aws-metrics.ts';
import { minutes, ownMetrics, type Rule } from './rule.ts';

/** Alarms over what AWS itself measures of the things that constructs entered. */
export const awsRules = ({ queues, functions, apis }: Watched): readonly Rule[] => [
  ...queues.map(deadLetters),
  ...queues.filter(({ name }) => AT_ONCE.includes(name)).flatMap(waiting),
  ...functions.filter(({ calledBy }) => calledBy === 'stream').flatMap(late),
  // Behind the API an error is an answer of 500, and being slow is a late answer.
  ...functions.filter(({ calledBy }) => calledBy !== 'api').flatMap(failing),
  ...apis.flatMap(ofApi),
  {
    id: 'throttled',
    severity: 'look',
    means: 'Functions were called more often at once than this account may in this Region.',
    metric: lambda('Throttles', Stats.SUM, minutes(5)),
    is: 'above',
    threshold: 0,
  },
];

/** Queues whose messages somebody waits for. Others try again for longer, and may. */
const AT_ONCE: readonly string[] = ['match-triggers', 'send-transmission'];

const deadLetters = (queue: WatchedQueue): Rule => ({
  id: 'dead-letters',
  of: queue.name,
  severity: 'page',
  means: `Something for ${queue.name} failed again and again, and waits for a person.`,
  metric: deadLettersOf(queue),
  is: 'at least',
  threshold: 1,
});

const waiting = ({ name, queueName }: WatchedQueue): readonly Rule[] =>
  queueName === undefined
    ? []
    : [
        {
          id: 'queue-waits',
          of: name,
          severity: 'page',
          means: `Something for ${name} has been waiting for more than a quarter of an hour.`,
          metric: oldestIn(queueName),
          is: 'above',
          threshold: 15 * 60,
        },
      ];

const late = ({ name, functionName }: WatchedFunction): readonly Rule[] => {
  const metric = lambda('IteratorAge', Stats.MAXIMUM, minutes(5), functionName);
  const rule = { id: 'stream-late', metric, is: 'above' } as const;
  return [
    {
      ...rule,
      of: name,
      severity: 'look',
      means: `${name} is more than five minutes behind the table.`,
      threshold: 5 * 60_000,
    },
    {
      ...rule,
      of: `${name}-an-hour`,
      severity: 'page',
      means: `${name} is more than an hour behind the table, which forgets after a day.`,
      threshold: 60 * 60_000,
    },
  ];
};

const failing = ({ name, functionName, timeout, every }: WatchedFunction): readonly Rule[] => {
  const quarter = minutes(15);
  const isSeldom = every !== undefined && every.toMinutes() > quarter.toMinutes();
  const errors = lambda('Errors', Stats.SUM, quarter, functionName);
  const calls = lambda('Invocations', Stats.SUM, quarter, functionName);
  return [
    {
      id: 'function-errors',
      of: name,
      severity: 'look',
      means: `More than 1 % of the calls of ${name} broke off.`,
      metric: new MathExpression({
        expression: '100 * errors / calls',
        usingMetrics: { errors, calls },
        period: quarter,
      }),
      is: 'above',
      threshold: 1,
    },
    {
      id: 'slow-function',
      of: name,
      severity: 'look',
      means: `${name} takes more than 80 % of the ${timeout.toSeconds()} s that it may take.`,
      metric: lambda('Duration', Stats.p(99), quarter, functionName),
      is: 'above',
      threshold: 0.8 * timeout.toMilliseconds(),
      // In the quarter of an hour after a call there may be no other: it says nothing, which is no second time.
      periods: isSeldom ? 1 : 2,
    },
  ];
};

/** As long as functions behind it may take; what is left of it is seen before callers are cut off. */
const API_TIMEOUT = Duration.seconds(20);

function ofApi(apiId: string): readonly Rule[] {
  return [
    {
      id: 'api-errors',
      severity: 'page',
      means: 'More than 1 % of the calls of the API are answered with an error of ours.',
      metric: new MathExpression({
        expression: 'IF(errors >= 3, 100 * errors / calls, 0)',
        usingMetrics: {
          errors: http('5xx', Stats.SUM, apiId),
          calls: http('Count', Stats.SUM, apiId),
        },
        period: minutes(5),
      }),
      is: 'above',
      threshold: 1,
      periods: 2,
    },
    {
      id: 'api-slow',
      severity: 'look',
      means: 'Of a hundred answers of the API the slowest comes shortly before it is cut off.',
      metric: http('Latency', Stats.p(99), apiId),
      is: 'above',
      threshold: 0.8 * API_TIMEOUT.toMilliseconds(),
      periods: 3,
    },
  ];
}

/** Alarms over SES, which watches what becomes of the mail of the whole account, and closes it. */
export const sesRules = (stage: string): readonly Rule[] => [
  {
    id: 'ses-bounces',
    severity: 'page',
    means: 'More than 2 % of the mail of this account bounces; at 5 % SES closes it.',
    metric: reputation('BounceRate'),
    is: 'above',
    threshold: 0.02,
    whenMissing: 'as before',
  },
  {
    id: 'ses-complaints',
    severity: 'page',
    means: 'Of more than 0.08 % of the mail of this account recipients complain.',
    metric: reputation('ComplaintRate'),
    is: 'above',
    threshold: 0.0008,
    whenMissing: 'as before',
  },
  {
    id: 'relay-quota',
    severity: 'look',
    means: 'More than 80 % of what SES takes in 24 hours is used.',
    metric: ownMetrics(stage)('RelayQuotaUsedPercent', Stats.MAXIMUM, minutes(15)),
    is: 'above',
    threshold: 80,
  },
];
