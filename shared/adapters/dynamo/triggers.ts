import { done, fail } from '../../outcome.ts';
import type { TriggerStore } from '../../trigger/store.ts';
import type { Trigger } from '../../trigger/trigger.ts';
import { agingAttributes, dueAttributes, KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { putOnce } from './table/put-once.ts';

export const triggerStore = (table: Table): TriggerStore => ({
  async add(trigger, dueAt) {
    const kept = await putOnce(table, triggerItem(trigger, dueAttributes(trigger.id, dueAt)));
    if (!kept) return done('added');
    const isSame = bodyOf(kept, 'trigger').contentSha256 === trigger.contentSha256;
    return isSame ? done('duplicate') : fail('trigger/event-id-reused');
  },

  async get(id) {
    const item = await table.get(KEYS.trigger(id));
    return item ? done(bodyOf(item, 'trigger')) : fail('trigger/unknown');
  },
});

export const triggerItem = (trigger: Trigger, due: ReturnType<typeof dueAttributes>): Item =>
  itemOf(KEYS.trigger(trigger.id), 'trigger', trigger, { id: trigger.id, ...due });

/** Once it has joined, it is kept so that the same event is known again. */
export const joinedItem = (trigger: Trigger): Item =>
  triggerItem(trigger, agingAttributes('trace', trigger.id, new Date(trigger.receivedAt)));
