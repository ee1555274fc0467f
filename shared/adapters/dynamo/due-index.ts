import type { DeliveryId, PatientKey, RequestId, TransmissionId, TriggerId } from '../../ids.ts';
import type { Due, DueIndex } from '../../transmission/ledger.ts';
import { DUE_SHARDS, KEYS } from './keys.ts';
import type { Item, Key, Table } from './table.ts';

export const dueIndex = (table: Table): DueIndex => ({
  async due(now, limit) {
    const upTo = now.toISOString();
    const shards = await Promise.all(
      DUE_SHARDS.map((pk) => table.query({ index: 'due', pk, upTo, limit })),
    );
    return shards.flat().sort(longestDueFirst).map(dueOf);
  },

  async postpone(due, until) {
    const item = await table.get(keyOf(due));
    const dueAt = item?.['dueAt'];
    if (!item || typeof dueAt !== 'string') return;
    // Everything else that changes an item that is due moves `dueAt` or counts `version`.
    const same = { equals: [['dueAt'], dueAt] } as const;
    const version = item['version'];
    const when =
      typeof version === 'number' || typeof version === 'string'
        ? [same, { equals: [['version'], version] } as const]
        : [same];
    await table.write([{ put: { ...item, dueAt: until.toISOString() }, when }]);
  },
});

const longestDueFirst = (one: Item, other: Item): number =>
  String(one['dueAt']).localeCompare(String(other['dueAt']));

/** The index holds keys only, and the key says what it is. */
function dueOf({ pk, sk }: Item): Due {
  const [sort, id = ''] = pk.split('#');
  if (sort === 'TX') return { kind: 'transmission', id: id as TransmissionId };
  if (sort === 'TRG') return { kind: 'trigger', id: id as TriggerId };
  if (sort === 'WIN') return { kind: 'window', id: id as RequestId };
  if (sort === 'WHD') return { kind: 'delivery', id: id as DeliveryId };
  const request = sk.slice('REQ#'.length) as RequestId;
  return { kind: 'request', id: request, patientKey: id as PatientKey };
}

function keyOf(due: Due): Key {
  switch (due.kind) {
    case 'transmission':
      return KEYS.transmission(due.id);
    case 'trigger':
      return KEYS.trigger(due.id);
    case 'window':
      return KEYS.window(due.id);
    case 'delivery':
      return KEYS.delivery(due.id);
    case 'request':
      return KEYS.request(due.patientKey, due.id);
  }
}
