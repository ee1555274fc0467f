import type { MessageId, TransmissionId } from '../../../ids.ts';
import type { Fact } from '../../../transmission/facts.ts';
import type { History, Lease, Transmission } from '../../../transmission/transmission.ts';
import { ALL, KEYS } from '../keys.ts';
import type { Item, Table } from '../table.ts';
import { bodyOf, itemOf, whole } from '../table/items.ts';
import { AGAIN, optimistically } from '../table/optimistic.ts';

/** What is kept of a transmission beside its facts. */
export interface Meta {
  readonly transmission: Transmission;
  /** Counts writes of any sort: whoever writes names the one that was read. */
  readonly version: number;
  /** How many facts there are; the last one has this sequence number. */
  readonly sequence: number;
  readonly lease?: Lease;
  readonly duePk?: string;
  readonly dueAt?: string;
  /** Under which `byName` finds it: they go with it. */
  readonly names?: readonly MessageId[];
}

export interface Kept {
  readonly history: History;
  readonly meta: Meta;
}

export const metaItem = ({ transmission, ...beside }: Meta): Item =>
  itemOf(KEYS.transmission(transmission.id), 'transmission', transmission, {
    id: transmission.id,
    ...beside,
  });

export const factItem = (id: TransmissionId, fact: Fact): Item =>
  itemOf(KEYS.fact(id, fact), 'fact', fact);

/**
 * Reads a transmission with all its facts, in the order of their sequence.
 *
 * One query may see half of a transaction that commits meanwhile (it is consistent item by item, not as a whole).
 * Sequence numbers have no gaps, so half of one shows: then it is read again.
 */
export const readKept = (table: Table, id: TransmissionId): Promise<Kept | undefined> =>
  optimistically(table, async () => {
    const items = await whole(table, ALL.history(id));
    const meta = items.find(({ sk }) => sk === KEYS.transmission(id).sk);
    if (!meta) return undefined;
    const kept = keptOf(meta, items);
    return kept.history.facts.length === kept.meta.sequence ? kept : AGAIN;
  });

function keptOf(item: Item, items: readonly Item[]): Kept {
  const meta = metaOf(item);
  const facts = items
    .filter((each) => each !== item)
    .map((each) => bodyOf(each, 'fact'))
    .sort((one, other) => one.sequence - other.sequence);
  return {
    meta,
    history: {
      transmission: meta.transmission,
      facts,
      ...(meta.lease && { lease: meta.lease }),
    },
  };
}

function metaOf(item: Item): Meta {
  const transmission = bodyOf(item, 'transmission');
  const { version, sequence, lease, duePk, dueAt, names } = item as unknown as Omit<
    Meta,
    'transmission'
  >;
  return {
    transmission,
    version,
    sequence,
    ...(lease && { lease }),
    ...(duePk !== undefined && { duePk }),
    ...(dueAt !== undefined && { dueAt }),
    ...(names && { names }),
  };
}
