import { type Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { WatchedQueue } from '../constructs/watched.ts';
import { HOUR, minutes } from './rule.ts';

/** Metrics that AWS itself puts, by the names that it has for them. */

/** @param functionName absent: of all functions of the account */
export const lambda = (
  metricName: 'Duration' | 'Errors' | 'Invocations' | 'IteratorAge' | 'Throttles',
  statistic: string,
  period: Duration,
  functionName?: string,
): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    ...(functionName !== undefined && { dimensionsMap: { FunctionName: functionName } }),
    statistic,
    period,
  });

const queue = (metricName: string, queueName: string): Metric =>
  new Metric({
    namespace: 'AWS/SQS',
    metricName,
    dimensionsMap: { QueueName: queueName },
    statistic: Stats.MAXIMUM,
    period: minutes(5),
  });

/** How many dead letters there are. */
export const deadLettersOf = ({ deadLettersName }: WatchedQueue): Metric =>
  queue('ApproximateNumberOfMessagesVisible', deadLettersName);

/** For how many seconds the oldest message has been waiting. */
export const oldestIn = (queueName: string): Metric =>
  queue('ApproximateAgeOfOldestMessage', queueName);

export const http = (
  metricName: '4xx' | '5xx' | 'Count' | 'Latency',
  statistic: string,
  apiId: string,
): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: apiId },
    statistic,
    period: minutes(5),
  });

/** Shares of the mail of the whole account, from 0 to 1, as SES goes by them. */
export const reputation = (name: 'BounceRate' | 'ComplaintRate'): Metric =>
  new Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${name}`,
    statistic: Stats.AVERAGE,
    period: HOUR,
  });
