import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { REGION } from '../assembly/physical.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import { passes } from './filter-pattern.ts';
import {
  failedItems,
  patternsOf,
  reportsItems,
  running,
  type Mapping,
  type Source,
} from './mapping.ts';

export interface QueueSource {
  readonly mapping: Mapping;
  readonly queueUrl: string;
  readonly client: SQSClient;
  readonly target: FunctionPool;
}

/** How many batches one mapping has under way when the template does not say. */
const CONCURRENCY = 4;

/**
 * Feeds a function from a queue: what it does not name as failed is deleted, the rest comes again when its
 * visibility timeout is over, and ends with the dead letters by the queue's own rule.
 */
export function queueSource(source: QueueSource): Source {
  const most = source.mapping.ScalingConfig?.MaximumConcurrency ?? CONCURRENCY;
  return running(async (signal) => {
    const underWay = new Set<Promise<void>>();
    while (!signal.aborted) {
      const batch = await receiveBatch(source, signal);
      if (batch.length === 0) continue;
      const handled = handle(source, batch).catch(() => undefined);
      underWay.add(handled);
      void handled.then(() => underWay.delete(handled));
      if (underWay.size >= most) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  });
}

/** One receive of at most ten messages, or several while the batching window is open. */
async function receiveBatch(source: QueueSource, signal: AbortSignal): Promise<Message[]> {
  const { BatchSize: size = 10, MaximumBatchingWindowInSeconds: window } = source.mapping;
  const batch: Message[] = [];
  let waitSeconds = 20;
  let closesAt = Infinity;
  do {
    const command = new ReceiveMessageCommand({
      QueueUrl: source.queueUrl,
      MaxNumberOfMessages: Math.min(10, size - batch.length),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages: messages = [] } = await source.client.send(command, { abortSignal: signal });
    if (batch.length === 0) closesAt = Date.now() + window * 1000;
    batch.push(...messages);
    waitSeconds = Math.max(0, Math.floor((closesAt - Date.now()) / 1000));
  } while (batch.length > 0 && batch.length < size && Date.now() < closesAt && !signal.aborted);
  return batch;
}

async function handle(source: QueueSource, messages: readonly Message[]): Promise<void> {
  const { mapping, target } = source;
  const records = messages.map((message) => recordOf(message, mapping.EventSourceArn));
  const wanted = records.filter((record) => passes(patternsOf(mapping), filterable(record)));
  const unwanted = records.filter((record) => !wanted.includes(record));
  await remove(source, unwanted);
  if (wanted.length === 0) return;
  const answer = await target.invoke({ Records: wanted });
  const ids = wanted.map((record) => record.messageId);
  const failed = reportsItems(mapping) ? failedItems(answer, ids) : [];
  await remove(
    source,
    wanted.filter((record) => !failed.includes(record.messageId)),
  );
}

interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly [field: string]: unknown;
}

const recordOf = (message: Message, eventSourceARN: string): QueueRecord => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  attributes: message.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
      name,
      { stringValue: value.StringValue, dataType: value.DataType },
    ]),
  ),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: REGION,
});

/** Filters look into the body when it is JSON. */
function filterable(record: QueueRecord): unknown {
  try {
    return { ...record, body: JSON.parse(record.body) as unknown };
  } catch {
    return record;
  }
}

async function remove(source: QueueSource, records: readonly QueueRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += 10) {
    const entries = records.slice(at, at + 10).map((record, index) => ({
      Id: String(index),
      ReceiptHandle: record.receiptHandle,
    }));
    const command = new DeleteMessageBatchCommand({ QueueUrl: source.queueUrl, Entries: entries });
    await source.client.send(command);
  }
}
