import { FunctionFailed } from '../functions/function-failed.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import { failedItems, pause, reportsItems, type Mapping } from './mapping.ts';
import type { StreamRecord } from './stream-records.ts';

export interface StreamTarget {
  readonly mapping: Mapping;
  readonly target: FunctionPool;
  /** Takes what is given up: the body of a message for the on-failure queue. */
  readonly giveUp: (body: string) => void;
}

/** Waits between retries: doubled from the first to the last. */
const RETRY_MILLISECONDS = { first: 100, last: 5000 };

/**
 * Hands a batch to the function until it is through: from the first failed record on it is tried again, halved when
 * the mapping says so, and given up to the on-failure destination when the retries or the records' age run out.
 */
export async function deliverBatch(
  source: StreamTarget,
  shardId: string,
  batch: readonly StreamRecord[],
  signal: AbortSignal,
  attempt = 0,
): Promise<void> {
  if (batch.length === 0 || signal.aborted) return;
  const rest = await tryBatch(source, batch);
  if (rest.length === 0) return;
  // A checkpoint was reached: what is left is a new batch with retries of its own.
  const progressed = rest.length < batch.length;
  const tried = progressed ? 0 : attempt;
  if (isSpent(source.mapping, rest, tried)) {
    source.giveUp(JSON.stringify(givenUp(shardId, rest, tried)));
    return;
  }
  await pause(Math.min(RETRY_MILLISECONDS.first * 2 ** tried, RETRY_MILLISECONDS.last), signal);
  if (source.mapping.BisectBatchOnFunctionError && !progressed && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    // A half counts on from its parent, so that one bad record cannot be retried for ever.
    await deliverBatch(source, shardId, rest.slice(0, middle), signal, tried);
    await deliverBatch(source, shardId, rest.slice(middle), signal, tried);
  } else {
    await deliverBatch(source, shardId, rest, signal, tried + 1);
  }
}

/** The records that are still to be done: none, or those from the first failure on. */
async function tryBatch(
  { mapping, target }: StreamTarget,
  batch: readonly StreamRecord[],
): Promise<readonly StreamRecord[]> {
  try {
    const answer = await target.invoke({ Records: batch });
    if (!reportsItems(mapping)) return [];
    const ids = batch.map((record) => record.dynamodb.SequenceNumber);
    const failed = failedItems(answer, ids);
    const first = ids.findIndex((id) => failed.includes(id));
    return first < 0 ? [] : batch.slice(first);
  } catch (error) {
    if (error instanceof FunctionFailed) return batch;
    throw error;
  }
}

function isSpent(mapping: Mapping, rest: readonly StreamRecord[], attempt: number): boolean {
  const { MaximumRetryAttempts: retries, MaximumRecordAgeInSeconds: ageSeconds } = mapping;
  const bornAt = Number(rest[0]?.dynamodb['ApproximateCreationDateTime'] ?? 0);
  const tooOld = ageSeconds >= 0 && Date.now() / 1000 - bornAt > ageSeconds;
  return tooOld || (retries >= 0 && attempt >= retries);
}

/** What Lambda sends to an on-failure queue: where the records were, never the records. */
const givenUp = (shardId: string, rest: readonly StreamRecord[], attempt: number): object => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: attempt + 1 },
  DDBStreamBatchInfo: {
    shardId,
    startSequenceNumber: rest[0]?.dynamodb.SequenceNumber,
    endSequenceNumber: rest.at(-1)?.dynamodb.SequenceNumber,
    batchSize: rest.length,
    streamArn: rest[0]?.['eventSourceARN'],
  },
});
