import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { TableBusy } from '../../../shared/adapters/dynamo/table/refusals.ts';
import { retrying } from '../../../shared/adapters/dynamo/table/retrying.ts';
import type {
  Item,
  Query,
  RawTable,
  Table,
  Write,
  Written,
} from '../../../shared/adapters/dynamo/table.ts';
import { keptOf, MemoryItems, type Image, type Kept } from './items.ts';
import { failedConditions, refuseMalformed } from './transaction.ts';
import { seeded } from './seeded.ts';

/** `dynamodb.NewImage` and `OldImage` of a stream record. A put that changes nothing makes none, as in DynamoDB. */
export interface Change {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly newImage?: Image;
  readonly oldImage?: Image;
}

export type { Image } from './items.ts';

export interface MemoryTableOptions {
  /** Decides who meets whom: another seed is another order of events. */
  readonly seed?: number;
  /** How often, from 0 to 1, a transaction is refused for a conflict, and a query pauses between two items. */
  readonly conflictRate?: number;
  /** Instead of turns of the event loop: waited for before each answer, and between two items of a query. */
  readonly pause?: () => Promise<unknown>;
}

/** An item before and after a transaction, as the stores know it. */
export type OnCommit = (before: Item | undefined, after: Item | undefined) => void;

/** Called once for each changed item, in the order of the commits. */
type Listen = (listener: (change: Change) => void) => void;
export type MemoryTable = Table & { readonly onChange: Listen };

export interface RawMemoryTable extends RawTable {
  readonly onChange: Listen;
  readonly onCommit: (listener: OnCommit) => void;
  /** Another table with everything that lies in this one now. */
  readonly fork: (options?: MemoryTableOptions) => RawMemoryTable;
  /** The earliest time at which something in the index is due. */
  readonly firstDueAt: () => string | undefined;
  /** Everything that lies in it, in no order. */
  readonly items: () => Iterable<Item>;
}

/** A table in memory, patient as the deployed one is. Waiting is one turn of the event loop. */
export function memoryTable({ seed = 1, conflictRate = 0 }: MemoryTableOptions = {}): MemoryTable {
  const raw = rawMemoryTable({ seed, conflictRate });
  const table = retrying(raw, { random: seeded(seed + 1), sleep: () => turn() });
  return { ...table, onChange: raw.onChange };
}

/**
 * What DynamoDB does, as far as our stores can tell: it raises conflicts (DynamoDB Local never does), and lets a query
 * see half of a transaction that commits meanwhile. Items go through their marshalled form, so what cannot be kept is
 * refused alike; what comes out is frozen.
 */
export const rawMemoryTable = (options: MemoryTableOptions = {}): RawMemoryTable =>
  tableOf(new MemoryItems(), options);

function tableOf(
  items: MemoryItems,
  { seed = 1, conflictRate = 0, pause }: MemoryTableOptions,
): RawMemoryTable {
  const listeners: ((change: Change) => void)[] = [];
  const witnesses: OnCommit[] = [];
  const random = seeded(seed);
  const before = pause ?? (() => someTurns(random));
  const between = pause ?? (async () => void (random() < conflictRate && (await turn())));

  return {
    onChange: (listener) => void listeners.push(listener),
    onCommit: (witness) => void witnesses.push(witness),
    fork: (forked = {}) => tableOf(items.copy(), forked),
    firstDueAt: () => items.firstDueAt(),
    items: () => items.all(),

    async get(key) {
      await before();
      return items.get(key)?.item;
    },

    async query(query) {
      await before();
      return 'index' in query ? items.due(query) : walk(items, query, between);
    },

    async write(writes) {
      await before();
      if (random() < conflictRate) throw new TableBusy();
      return transact(items, writes, (old, now) => {
        const change = changeOf(old, now);
        if (!change) return;
        for (const witness of witnesses) witness(old?.item, now?.item);
        for (const listener of listeners) listener(change);
      });
    },
  };
}

const someTurns = async (random: () => number): Promise<void> => {
  for (let turns = Math.floor(random() * 3); turns >= 0; turns -= 1) await turn();
};

function transact(
  items: MemoryItems,
  writes: readonly Write[],
  tell: (old: Kept | undefined, now: Kept | undefined) => void,
): Written {
  refuseMalformed(writes);
  const failed = failedConditions(writes, (key) => items.get(key)?.item);
  if (failed.length > 0) return { ok: false, failed };

  const puts = writes.map((write) => ('put' in write ? keptOf(write.put) : undefined));
  for (const [index, write] of writes.entries()) {
    if ('check' in write) continue;
    tell(...items.set('put' in write ? write.put : write.remove, puts[index]));
  }
  return { ok: true };
}

function changeOf(before: Kept | undefined, after: Kept | undefined): Change | undefined {
  if (after && before) {
    return isDeepStrictEqual(before.image, after.image)
      ? undefined
      : { eventName: 'MODIFY', newImage: after.image, oldImage: before.image };
  }
  if (after) return { eventName: 'INSERT', newImage: after.image };
  return before && { eventName: 'REMOVE', oldImage: before.image };
}

/** Goes from key to key, as a query does: what commits behind it is not seen, what commits before it is. */
async function walk(
  items: MemoryItems,
  { pk, skPrefix = '', newestFirst = false, after, limit }: Exclude<Query, { index: 'due' }>,
  pause: () => Promise<unknown>,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let last = after;
  while (found.length < limit) {
    last = items.nextSortKey(pk, skPrefix, newestFirst, last);
    const next = last === undefined ? undefined : items.get({ pk, sk: last })?.item;
    if (!next) break;
    found.push(next);
    await pause();
  }
  return found;
}
