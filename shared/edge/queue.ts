import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorNameOf, type Log } from '../log.ts';

/**
 * Enters a function that a queue feeds, one message after the other.
 * A message whose work throws goes back to the queue, alone; all that is logged of it is where it broke.
 *
 * @param work gets the body as it was sent; expected refusals are its own business and must not throw
 */
export const onQueue =
  (work: (body: string) => Promise<void>, log: Log) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    processPartialResponse(
      event,
      async (record: SQSRecord) => {
        try {
          await work(record.body);
        } catch (error) {
          log.error('record-failed', { errorName: errorNameOf(error) });
          throw error;
        }
      },
      new BatchProcessor(EventType.SQS),
      // One at a time: a message must not wait for CPU behind its neighbours while its lease runs.
      { processInParallel: false, throwOnFullBatchFailure: false },
    );
