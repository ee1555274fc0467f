import type { TransmissionId } from '../../ids.ts';
import type { Due, DueIndex } from '../../transmission/ledger.ts';
import { DUE_SHARDS } from './keys.ts';
import type { Item, Table } from './table.ts';

export const dueIndex = (table: Table): DueIndex => ({
  async due(now, limit) {
    const upTo = now.toISOString();
    const shards = await Promise.all(
      DUE_SHARDS.map((pk) => table.query({ index: 'due', pk, upTo, limit })),
    );
    return shards.flat().sort(longestDueFirst).map(dueOf);
  },
});

const longestDueFirst = (one: Item, other: Item): number =>
  String(one['dueAt']).localeCompare(String(other['dueAt']));

/** The index holds keys only, and the key says what it is. */
function dueOf({ pk }: Item): Due {
  const [sort, id = ''] = pk.split('#');
  return sort === 'TX'
    ? { kind: 'transmission', id: id as TransmissionId }
    : { kind: 'trigger', id };
}
