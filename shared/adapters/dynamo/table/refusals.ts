import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** The table did nothing, and may do it in a moment: somebody else is writing the same item, or too much is asked at once. */
export class TableBusy extends Error {
  override readonly name = 'TableBusy';

  constructor(options?: ErrorOptions) {
    super('The table was busy', options);
  }
}

/** Of whole requests, and of single writes in a cancelled transaction. */
const FOR_NOW = new Set([
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingError',
  'ThrottlingException',
  'TransactionConflict',
  'TransactionConflictException',
]);

/** Whether DynamoDB refused before it did anything, for a reason that passes. */
export function refusedForNow(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(({ Code }) => FOR_NOW.has(Code ?? ''));
  }
  return error instanceof Error && FOR_NOW.has(error.name);
}

/**
 * The writes of a cancelled transaction whose conditions did not hold, by index. One is an answer, also when another
 * write of the transaction was in conflict: what did not hold will not be asked again.
 */
export function failedConditionsOf(error: unknown): readonly number[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).flatMap(({ Code }, index) =>
    Code === 'ConditionalCheckFailed' ? [index] : [],
  );
}
