import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { errorNameOf, type Log } from '../log.ts';

/** What a new item of the table says of itself: which kind of thing, and its id. */
export interface NewItem {
  readonly kind: string;
  readonly id: string;
}

/**
 * Enters a function that the table's stream feeds, in the order of the stream.
 * Items without `kind` and `id` are none of its business. A record whose work throws is named by its sequence number,
 * and Lambda reads the shard again from there: the work must bear repetition.
 */
export const onStream =
  (work: (item: NewItem) => Promise<void>, log: Log) =>
  (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
    processPartialResponse(
      event,
      async (record: DynamoDBRecord) => {
        const item = newItemOf(record);
        if (item === undefined) return;
        try {
          await work(item);
        } catch (error) {
          log.error('record-failed', { errorName: errorNameOf(error) });
          throw error;
        }
      },
      new BatchProcessor(EventType.DynamoDBStreams),
      { processInParallel: false, throwOnFullBatchFailure: false },
    );

/** A new item as the stream carries it: every value in a map that says of which type it is. */
export type Image = Readonly<Record<string, unknown>>;

/**
 * Enters a function that takes what is new in the table together, in the order of the stream.
 *
 * @param work answers how many of the images, from the first, are done. Lambda reads the shard again from the one after
 *   them, and after a throw from the first: the work must bear repetition
 */
export const onStreamInOrder =
  (work: (images: readonly Image[]) => Promise<number>, log: Log) =>
  async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const images = records.map(({ dynamodb }) => dynamodb?.NewImage ?? {});
    let done = 0;
    try {
      done = await work(images);
    } catch (error) {
      log.error('record-failed', { errorName: errorNameOf(error) });
    }
    const failed = records.slice(done, done + 1);
    return {
      batchItemFailures: failed.map(({ dynamodb }) => ({
        itemIdentifier: dynamodb?.SequenceNumber ?? '',
      })),
    };
  };

function newItemOf(record: DynamoDBRecord): NewItem | undefined {
  const image = record.dynamodb?.NewImage;
  const kind = image?.['kind']?.S;
  const id = image?.['id']?.S;
  return kind === undefined || id === undefined ? undefined : { kind, id };
}
