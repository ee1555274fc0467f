import { done, fail } from '../../outcome.ts';
import type { Delivery } from '../../report/delivery.ts';
import type { DeliveryStore } from '../../report/delivery/store.ts';
import { agingAttributes, dueAttributes, KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';
import { putOnce } from './table/put-once.ts';

export const deliveryStore = (table: Table): DeliveryStore => ({
  async add(delivery) {
    await putOnce(table, deliveryItem(delivery));
  },

  async get(id) {
    const item = await table.get(KEYS.delivery(id));
    return item ? done(bodyOf(item, 'delivery')) : fail('report/unknown-delivery');
  },

  change: (id, decide) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.delivery(id));
      if (!item) return fail('report/unknown-delivery');
      const current = bodyOf(item, 'delivery');
      const decided = decide(current);
      if (decided === undefined) return done(undefined);

      const next = { ...decided, version: current.version + 1 };
      const when = [{ equals: [['body', 'version'], current.version] } as const];
      const written = await table.write([{ put: deliveryItem(next), when }]);
      return written.ok ? done(next) : AGAIN;
    }),
});

/** The stream tells of it by kind and id, the index of what is due as long as it waits. */
const deliveryItem = (delivery: Delivery): Item =>
  itemOf(KEYS.delivery(delivery.id), 'delivery', delivery, {
    id: delivery.id,
    ...(delivery.status === 'waiting'
      ? dueAttributes(delivery.id, new Date(delivery.nextAttemptAt))
      : agingAttributes('trace', delivery.id, new Date(delivery.createdAt))),
  });
