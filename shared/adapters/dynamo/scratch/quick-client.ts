import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { errorNameOf, type Log } from '../../../log.ts';

/** What lies in Scratch saves time, so it may not cost much: whoever waits for it has other things to do in the same seconds. */
export const quickClient = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 500,
      requestTimeout: 1500,
      throwOnRequestTimeout: true,
    },
  });

export interface ScratchOptions {
  /** Told of every call that failed. */
  readonly onFault: (error: unknown) => void;
  readonly client?: DynamoDBClient;
}

/** Says in the log of a function what failed. */
export const faultsIn =
  (log: Log): ScratchOptions['onFault'] =>
  (error) =>
    log.error('cache-failed', { errorName: errorNameOf(error) });

/** Whether a write under a condition was made. One that failed for another reason is told, and taken for made. */
export async function wasWritten(
  write: Promise<unknown>,
  { onFault }: ScratchOptions,
): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    onFault(error);
    return true;
  }
}
