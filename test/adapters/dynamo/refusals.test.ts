import { describe, expect, test } from '@jest/globals';
import type { RawTable } from '../../../shared/adapters/dynamo/table.ts';
import { TableBusy } from '../../../shared/adapters/dynamo/table/refusals.ts';
import { withService } from './canned-service.ts';

async function refusedWith(
  type: string,
  more: object,
  ask: (table: RawTable) => Promise<unknown>,
): Promise<unknown> {
  const kind = { ['__type']: `com.amazonaws.dynamodb.v20120810#${type}` };
  const body = { ...kind, message: 'refused', ...more };
  return (await withService({ status: 400, body }, ask)).outcome;
}

const write = (table: RawTable): Promise<unknown> => table.write([{ put: { pk: 'A', sk: '1' } }]);

const cancelledFor = (...codes: readonly string[]): Promise<unknown> => {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return refusedWith('TransactionCanceledException', { CancellationReasons }, write);
};

describe('what DynamoDB refuses', () => {
  test.each([
    ['a conflict with another transaction', ['None', 'TransactionConflict']],
    ['throttling of an item', ['ThrottlingError', 'None']],
    ['throttling of the table', ['ProvisionedThroughputExceeded']],
  ])('%s passes: the table is busy', async (_, codes) => {
    expect(await cancelledFor(...codes)).toBeInstanceOf(TableBusy);
  });

  test('a failed condition is an answer, also beside a conflict', async () => {
    expect(await cancelledFor('None', 'ConditionalCheckFailed', 'TransactionConflict')).toEqual({
      ok: false,
      failed: [1],
    });
  });

  test.each([['ItemCollectionSizeLimitExceeded'], ['ValidationError']])(
    'a transaction cancelled for %s is thrown as it is',
    async (code) => {
      expect(await cancelledFor('None', code)).toMatchObject({
        name: 'TransactionCanceledException',
      });
    },
  );

  test.each([
    ['ThrottlingException'],
    ['ProvisionedThroughputExceededException'],
    ['RequestLimitExceeded'],
  ])('%s of a whole request passes: the table is busy', async (type) => {
    const asks: readonly ((table: RawTable) => Promise<unknown>)[] = [
      write,
      (table) => table.get({ pk: 'A', sk: '1' }),
      (table) => table.query({ pk: 'A', limit: 1 }),
    ];
    for (const ask of asks) {
      expect(await refusedWith(type, {}, ask)).toBeInstanceOf(TableBusy);
    }
  });

  test('an answer that does not pass is thrown as it is', async () => {
    expect(await refusedWith('ResourceNotFoundException', {}, write)).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
