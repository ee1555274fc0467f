import { describe, expect, test } from '@jest/globals';
import { withService } from './canned-service.ts';

const nothing = { status: 200, body: {} };

/** DynamoDB Local answers everything consistently, so only the question can be looked at. */
describe('what DynamoDB is asked', () => {
  test('reads of the table are strongly consistent', async () => {
    const { asked } = await withService(nothing, async (table) => {
      await table.get({ pk: 'A', sk: '1' });
      await table.query({ pk: 'A', skPrefix: 'X', limit: 3 });
    });
    expect(asked).toMatchObject([{ ConsistentRead: true }, { ConsistentRead: true, Limit: 3 }]);
  });

  test('reads of the index are not, for DynamoDB refuses them', async () => {
    const { asked } = await withService(nothing, (table) =>
      table.query({ index: 'due', pk: 'DUE#1', upTo: '2026', limit: 3 }),
    );
    expect(asked).toMatchObject([{ IndexName: 'due' }]);
    expect(asked[0]).not.toHaveProperty('ConsistentRead');
  });

  test('every write carries a token of its own, also a single put', async () => {
    const { asked } = await withService(nothing, async (table) => {
      await table.write([{ put: { pk: 'A', sk: '1' } }]);
      await table.write([{ put: { pk: 'A', sk: '1' } }]);
    });
    const tokens = asked.map(
      (each) => (each as { ClientRequestToken?: string }).ClientRequestToken,
    );
    expect(tokens.every((token) => /^[0-9a-f-]{36}$/.test(token ?? ''))).toBe(true);
    expect(new Set(tokens).size).toBe(2);
  });
});
