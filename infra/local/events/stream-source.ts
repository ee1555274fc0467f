import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
  type DynamoDBStreamsClient,
  type GetRecordsCommandOutput,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';
import { passes } from './filter-pattern.ts';
import { pause, patternsOf, running, type Mapping, type Source } from './mapping.ts';
import { deliverBatch, type StreamTarget } from './stream-batch.ts';
import { streamRecord, type StreamRecord } from './stream-records.ts';

export interface StreamSource extends StreamTarget {
  readonly tableName: string;
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
}

/** Lambda asks a shard four times a second; a laptop may ask a little oftener. */
const POLL_MILLISECONDS = 100;

/** Feeds a function from the stream of a table: each shard in order, a child after its parent. */
export function streamSource(source: StreamSource): Source {
  return running(async (signal) => {
    const table = await source.tables.send(
      new DescribeTableCommand({ TableName: source.tableName }),
    );
    const streamArn = table.Table?.LatestStreamArn;
    if (!streamArn) throw new Error(`The table ${source.tableName} has no stream`);
    const started = new Map<string, Promise<void>>();
    while (!signal.aborted) {
      for (const shard of await shardsOf(source, streamArn)) {
        const id = shard.ShardId ?? '';
        if (started.has(id)) continue;
        const parent = started.get(shard.ParentShardId ?? '') ?? Promise.resolve();
        started.set(
          id,
          parent.then(() => readShard(source, streamArn, id, signal)),
        );
      }
      await Promise.race([pause(2000, signal), Promise.all(started.values())]);
      await pause(POLL_MILLISECONDS, signal);
    }
    await Promise.all(started.values());
  });
}

async function shardsOf(source: StreamSource, streamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let after: string | undefined;
  do {
    const { StreamDescription: description } = await source.streams.send(
      new DescribeStreamCommand({
        StreamArn: streamArn,
        ...(after && { ExclusiveStartShardId: after }),
      }),
    );
    shards.push(...(description?.Shards ?? []));
    after = description?.LastEvaluatedShardId;
  } while (after);
  return shards;
}

async function readShard(
  source: StreamSource,
  streamArn: string,
  shardId: string,
  signal: AbortSignal,
): Promise<void> {
  let after: string | undefined;
  let iterator = await iteratorAt(source, streamArn, shardId, after);
  while (iterator && !signal.aborted) {
    const page = await recordsAt(source, iterator);
    if (page === 'stale') {
      iterator = await iteratorAt(source, streamArn, shardId, after);
      continue;
    }
    const { Records: found = [], NextShardIterator: next } = page;
    const records = found.map((each) => streamRecord(each, source.mapping.EventSourceArn));
    for (const batch of batchesOf(source.mapping, records)) {
      await deliverBatch(source, shardId, batch, signal);
    }
    after = records.at(-1)?.dynamodb.SequenceNumber ?? after;
    iterator = next;
    if (found.length === 0) await pause(POLL_MILLISECONDS, signal);
  }
}

async function iteratorAt(
  source: StreamSource,
  streamArn: string,
  shardId: string,
  after: string | undefined,
): Promise<string | undefined> {
  const where =
    after === undefined
      ? { ShardIteratorType: source.mapping.StartingPosition }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: after };
  const command = new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...where });
  return (await source.streams.send(command)).ShardIterator;
}

/**
 * DynamoDB Local numbers the records of all tables together, and calls an iterator from before the first record of
 * this one trimmed; and an iterator is good for 15 minutes, over which a laptop may sleep.
 */
async function recordsAt(
  source: StreamSource,
  iterator: string,
): Promise<GetRecordsCommandOutput | 'stale'> {
  try {
    return await source.streams.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }),
    );
  } catch (error) {
    const isStale =
      error instanceof TrimmedDataAccessException || error instanceof ExpiredIteratorException;
    if (isStale) return 'stale';
    throw error;
  }
}

function batchesOf(mapping: Mapping, records: readonly StreamRecord[]): StreamRecord[][] {
  const wanted = records.filter((record) => passes(patternsOf(mapping), record));
  const size = mapping.BatchSize ?? 100;
  const batches: StreamRecord[][] = [];
  for (let at = 0; at < wanted.length; at += size) batches.push(wanted.slice(at, at + size));
  return batches;
}
