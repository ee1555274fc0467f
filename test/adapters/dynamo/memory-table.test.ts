import { describe, expect, test } from '@jest/globals';
import { TableBusy } from '../../../shared/adapters/dynamo/table/refusals.ts';
import { memoryTable, rawMemoryTable, type Change } from '../../support/memory/table.ts';
import { everyContract } from './every-contract.ts';

describe('the memory table, without conflicts,', () =>
  everyContract(() => Promise.resolve(memoryTable())));

describe.each([1, 2, 3, 4, 5, 6])('the memory table, with conflicts by seed %i,', (seed) =>
  everyContract(() => Promise.resolve(memoryTable({ seed, conflictRate: 0.3 }))),
);

/** Which of thirty writes were refused, each with what is there after it. */
async function writesUnder(seed: number): Promise<readonly { busy: boolean; there: boolean }[]> {
  const table = rawMemoryTable({ seed, conflictRate: 0.5 });
  const seen: { busy: boolean; there: boolean }[] = [];
  for (let n = 0; n < 30; n += 1) {
    const put = { pk: 'A', sk: `${n}` };
    const outcome = await table.write([{ put }]).catch((error: unknown) => error);
    const there = (await table.get(put)) !== undefined;
    seen.push({ busy: outcome instanceof TableBusy, there });
  }
  return seen;
}

const image = (count: string) => ({
  pk: { S: 'A' },
  sk: { S: '1' },
  kind: { S: 'trigger' },
  count: { N: count },
});

describe('the memory table as a double', () => {
  test('raises conflicts by its seed: the same seed the same ones, and nothing is written then', async () => {
    const seen = await writesUnder(7);
    expect(new Set(seen.map(({ busy }) => busy))).toEqual(new Set([true, false]));
    expect(seen.filter(({ busy, there }) => busy === there)).toEqual([]);
    expect(await writesUnder(7)).toEqual(seen);
    expect(await writesUnder(8)).not.toEqual(seen);
  });

  test('lets a query see half of a transaction, as DynamoDB may', async () => {
    const halves = await Promise.all(
      Array.from({ length: 50 }, async (_, seed) => {
        const table = rawMemoryTable({ seed, conflictRate: 0.3 });
        const both = [{ put: { pk: 'A', sk: '1' } }, { put: { pk: 'A', sk: '3' } }];
        await table.write([{ put: { pk: 'A', sk: '2' } }]).catch(() => undefined);
        const [seen] = await Promise.all([
          table.query({ pk: 'A', limit: 5 }),
          table.write(both).catch(() => undefined),
        ]);
        const sks = seen.map(({ sk }) => sk);
        return sks.includes('1') !== sks.includes('3');
      }),
    );
    expect(halves).toContain(true);
  });

  test('tells of changes as the stream does: marshalled, and not of what changed nothing', async () => {
    const table = memoryTable();
    const changes: Change[] = [];
    table.onChange((change) => changes.push(change));
    const key = { pk: 'A', sk: '1' };
    await table.write([{ put: { ...key, kind: 'trigger', count: 1 } }]);
    await table.write([{ put: { ...key, count: 1, kind: 'trigger' } }]);
    await table.write([{ put: { ...key, kind: 'trigger', count: 2 } }]);
    await table.write([
      { put: { ...key }, when: [{ absent: true }] },
      { put: { pk: 'B', sk: '1' } },
    ]);
    await table.write([{ remove: key }]);
    await table.write([{ remove: key }]);

    expect(changes).toEqual([
      { eventName: 'INSERT', newImage: image('1') },
      { eventName: 'MODIFY', newImage: image('2'), oldImage: image('1') },
      { eventName: 'REMOVE', oldImage: image('2') },
    ]);
  });
});
