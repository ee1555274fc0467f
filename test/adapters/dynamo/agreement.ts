import { expect } from '@jest/globals';
import * as fc from 'fast-check';
import type { Condition, Table, Write } from '../../../shared/adapters/dynamo/table.ts';
import type { FreshTable } from '../../contracts/stores/samples.ts';
import { cases } from '../../support/counts.ts';
import { memoryTable } from '../../support/memory/table.ts';

const SKS = ['1', '2', '3'];
const value = fc.constantFrom('a', 'b');

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant({ absent: true as const }),
  fc.record({
    equals: fc.tuple(fc.constantFrom(['top'], ['deep', 'in'], ['deep', 'none']), value),
  }),
);

const writeTo = (sk: string): fc.Arbitrary<Write> => {
  const key = { pk: 'A', sk };
  const put = fc
    .record({ top: value, in: value, duePk: fc.constantFrom('DUE#1', undefined) })
    .map((item) => ({
      ...key,
      top: item.top,
      deep: { in: item.in },
      ...(item.duePk && { duePk: item.duePk, dueAt: `2026-0${sk}` }),
    }));
  const when = fc.array(condition, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    fc.record({ put, when }, { requiredKeys: ['put'] }),
    fc.record({ check: fc.constant(key), when }),
    fc.record({ remove: fc.constant(key), when }, { requiredKeys: ['remove'] }),
  );
};

const transaction = fc
  .subarray(SKS, { minLength: 1 })
  .chain((sks) => fc.tuple(...sks.map(writeTo)) as fc.Arbitrary<readonly Write[]>);

const shown = async (table: Table) => ({
  items: await table.query({ pk: 'A', limit: 9 }),
  backwards: await table.query({ pk: 'A', limit: 2, newestFirst: true }),
  due: await table.query({ index: 'due', pk: 'DUE#1', upTo: '2026-02', limit: 9 }),
});

/** Any transactions, one after the other, get the same answers of both tables and leave the same items there. */
export const agreeOnAnything = (fresh: FreshTable): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(transaction, { minLength: 1, maxLength: 8 }), async (programme) => {
      const [real, memory] = [await fresh(), memoryTable()];
      for (const writes of programme) {
        expect(await memory.write(writes)).toEqual(await real.write(writes));
      }
      expect(await shown(memory)).toEqual(await shown(real));
    }),
    { numRuns: cases(60, 300) },
  );
