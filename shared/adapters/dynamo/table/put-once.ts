import type { Item, Table } from '../table.ts';
import { AGAIN, optimistically } from './optimistic.ts';

/**
 * Puts what has its own identity and is never removed.
 *
 * @returns undefined when it was put now, else the item that was there before, be it our own of a lost answer
 */
export const putOnce = (table: Table, item: Item): Promise<Item | undefined> =>
  optimistically(table, async () => {
    const written = await table.write([{ put: item, when: [{ absent: true }] }]);
    return written.ok ? undefined : ((await table.get(item)) ?? AGAIN);
  });
