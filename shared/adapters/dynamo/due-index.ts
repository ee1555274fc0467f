import type { DeliveryId, PatientKey, RequestId, TransmissionId, TriggerId } from '../../ids.ts';
import type { Due, DueIndex, DuePage } from '../../transmission/ledger.ts';
import { DUE_SHARDS, isDue, KEYS } from './keys.ts';
import type { Item, Key, Table } from './table.ts';

export const dueIndex = (table: Table): DueIndex => ({
  due: (now, limit) => {
    const upTo = now.toISOString();
    const ask = (pk: string, after?: Item): Promise<readonly Item[]> =>
      table.query({ index: 'due', pk, upTo, limit, ...(after && { after }) });
    return pageOf(DUE_SHARDS, limit, ask);
  },

  async postpone(due, until) {
    const item = await table.get(keyOf(due));
    const dueAt = item?.['dueAt'];
    if (!item || typeof dueAt !== 'string' || !isDue(item)) return;
    // Everything else that changes an item that is due moves `dueAt` or counts `version`, and drops `postponed`.
    const same = { equals: [['dueAt'], dueAt] } as const;
    const { version, postponed } = item;
    const when =
      typeof version === 'number' || typeof version === 'string'
        ? [same, { equals: [['version'], version] } as const]
        : [same];
    const times = typeof postponed === 'number' ? postponed : 0;
    const moved = until(times).toISOString();
    if (moved <= dueAt) return;
    const put = { ...item, dueAt: moved, postponed: times + 1 };
    await table.write([{ put, when }]);
  },
});

/** One page of all shards together; a shard that answered fewer than it was asked for has no more. */
async function pageOf(
  shards: readonly string[],
  limit: number,
  ask: (shard: string, after?: Item) => Promise<readonly Item[]>,
  afters: ReadonlyMap<string, Item> = new Map(),
): Promise<DuePage> {
  const answers = await Promise.all(shards.map((shard) => ask(shard, afters.get(shard))));
  const items = answers.flat().sort(longestDueFirst);
  const lasts = new Map<string, Item>();
  for (const [index, shard] of shards.entries()) {
    const last = answers[index]?.at(limit - 1);
    if (last) lasts.set(shard, last);
  }
  return {
    due: items.map(dueOf),
    ...(items[0] && { since: new Date(String(items[0]['dueAt'])) }),
    ...(lasts.size > 0 && { next: () => pageOf([...lasts.keys()], limit, ask, lasts) }),
  };
}

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
