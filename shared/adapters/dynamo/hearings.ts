import type { Hearings } from '../../trigger/fhir/gaps.ts';
import { KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/** How far subscriptions were heard: one item for each, and it only rises. */
export const hearingStore = (table: Table): Hearings => ({
  async last(source, subscription) {
    return lastIn(await table.get(KEYS.hearing(source, subscription)));
  },

  heard: (source, subscription, number) =>
    optimistically(table, async () => {
      const key = KEYS.hearing(source, subscription);
      const last = lastIn(await table.get(key));
      if (last !== undefined && last >= number) return undefined;
      const written = await table.write([
        {
          put: itemOf(key, 'hearing', { last: number }),
          when: [last === undefined ? { absent: true } : { equals: [['body', 'last'], last] }],
        },
      ]);
      return written.ok ? undefined : AGAIN;
    }),
});

const lastIn = (item: Item | undefined): number | undefined => item && bodyOf(item, 'hearing').last;
