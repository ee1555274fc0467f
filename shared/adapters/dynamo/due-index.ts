import type { TransmissionId, TriggerId } from '../../ids.ts';
import type { Due, DueIndex } from '../../transmission/ledger.ts';
import { DUE_SHARDS, KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';

export const dueIndex = (table: Table): DueIndex => ({
  async due(now, limit) {
    const upTo = now.toISOString();
    const shards = await Promise.all(
      DUE_SHARDS.map((pk) => table.query({ index: 'due', pk, upTo, limit })),
    );
    return shards.flat().sort(longestDueFirst).map(dueOf);
  },

  async postpone(due, until) {
    const key = due.kind === 'trigger' ? KEYS.trigger(due.id) : KEYS.transmission(due.id);
    const item = await table.get(key);
    const dueAt = item?.['dueAt'];
    if (!item || typeof dueAt !== 'string') return;
    // Everything else that changes an item that is due moves `dueAt` or counts `version`.
    const same = { equals: [['dueAt'], dueAt] } as const;
    const version = item['version'];
    const when =
      typeof version === 'number' ? [same, { equals: [['version'], version] } as const] : [same];
    await table.write([{ put: { ...item, dueAt: until.toISOString() }, when }]);
  },
});

const longestDueFirst = (one: Item, other: Item): number =>
  String(one['dueAt']).localeCompare(String(other['dueAt']));

/** The index holds keys only, and the key says what it is. */
function dueOf({ pk }: Item): Due {
  const [sort, id = ''] = pk.split('#');
  return sort === 'TX'
    ? { kind: 'transmission', id: id as TransmissionId }
    : { kind: 'trigger', id: id as TriggerId };
}
