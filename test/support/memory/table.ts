import { setImmediate as turn } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
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
import { failedConditions, keyOf, refuseMalformed } from './transaction.ts';
import { seeded } from './seeded.ts';

/** An item as the stream of DynamoDB carries it. */
export type Image = Readonly<Record<string, AttributeValue>>;

/** `dynamodb.NewImage` and `OldImage` of a stream record. A put that changes nothing makes none, as in DynamoDB. */
export interface Change {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly newImage?: Image;
  readonly oldImage?: Image;
}

export interface MemoryTableOptions {
  /** Decides who meets whom: another seed is another order of events. */
  readonly seed?: number;
  /** How often, from 0 to 1, a transaction is refused for a conflict, and a query pauses between two items. */
  readonly conflictRate?: number;
}

/** Called once for each changed item, in the order of the commits. */
type Listen = (listener: (change: Change) => void) => void;
export type MemoryTable = Table & { readonly onChange: Listen };
export type RawMemoryTable = RawTable & { readonly onChange: Listen };

/** A table in memory, patient as the deployed one is. Waiting is one turn of the event loop. */
export function memoryTable({ seed = 1, conflictRate = 0 }: MemoryTableOptions = {}): MemoryTable {
  const raw = rawMemoryTable({ seed, conflictRate });
  const table = retrying(raw, { random: seeded(seed + 1), sleep: () => turn() });
  return { ...table, onChange: raw.onChange };
}

/**
 * What DynamoDB does, as far as our stores can tell: it raises conflicts (DynamoDB Local never does), and lets a query
 * see half of a transaction that commits meanwhile. Items are kept marshalled, so what cannot be kept is refused alike.
 */
export function rawMemoryTable({
  seed = 1,
  conflictRate = 0,
}: MemoryTableOptions = {}): RawMemoryTable {
  const items = new Map<string, Image>();
  const listeners: ((change: Change) => void)[] = [];
  const random = seeded(seed);

  return {
    onChange: (listener) => void listeners.push(listener),

    async get(key) {
      await someTurns(random);
      return plain(items.get(keyOf(key)));
    },

    async query(query) {
      await someTurns(random);
      return 'index' in query
        ? dueItems(items, query)
        : walk(items, query, async () => {
            if (random() < conflictRate) await turn();
          });
    },

    async write(writes) {
      await someTurns(random);
      if (random() < conflictRate) throw new TableBusy();
      return transact(items, writes, (change) => {
        for (const listener of listeners) listener(change);
      });
    },
  };
}

const someTurns = async (random: () => number): Promise<void> => {
  for (let turns = Math.floor(random() * 3); turns >= 0; turns -= 1) await turn();
};

function transact(
  items: Map<string, Image>,
  writes: readonly Write[],
  tell: (change: Change) => void,
): Written {
  refuseMalformed(writes);
  const failed = failedConditions(writes, (key) => plain(items.get(keyOf(key))));
  if (failed.length > 0) return { ok: false, failed };

  const images = writes.map((write) =>
    'put' in write ? marshall(write.put, { removeUndefinedValues: true }) : undefined,
  );
  for (const [index, write] of writes.entries()) {
    if ('check' in write) continue;
    const key = keyOf('put' in write ? write.put : write.remove);
    const oldImage = items.get(key);
    const newImage = images[index];
    if (newImage) items.set(key, newImage);
    else items.delete(key);
    const change = changeOf(oldImage, newImage);
    if (change) tell(change);
  }
  return { ok: true };
}

function changeOf(oldImage: Image | undefined, newImage: Image | undefined): Change | undefined {
  if (newImage && oldImage) {
    return isSame(oldImage, newImage) ? undefined : { eventName: 'MODIFY', newImage, oldImage };
  }
  if (newImage) return { eventName: 'INSERT', newImage };
  return oldImage && { eventName: 'REMOVE', oldImage };
}

const isSame = (one: Image, other: Image): boolean => canonical(one) === canonical(other);

/** JSON with the names of every object in one order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

/** Goes from key to key, as a query does: what commits behind it is not seen, what commits before it is. */
async function walk(
  items: ReadonlyMap<string, Image>,
  { pk, skPrefix = '', newestFirst = false, limit }: Exclude<Query, { index: 'due' }>,
  pause: () => Promise<void>,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  const prefix = keyOf({ pk, sk: skPrefix });
  let last: string | undefined;
  while (found.length < limit) {
    last = nextKey(items.keys(), prefix, newestFirst, last);
    const next = last === undefined ? undefined : plain(items.get(last));
    if (!next) break;
    found.push(next);
    await pause();
  }
  return found;
}

/** Of keys alone: a thousand items, each unmarshalled at each step, would be a million. */
function nextKey(
  keys: Iterable<string>,
  prefix: string,
  downwards: boolean,
  last: string | undefined,
): string | undefined {
  const isBefore = (one: string, other: string) => (downwards ? one > other : one < other);
  let next: string | undefined;
  for (const key of keys) {
    if (!key.startsWith(prefix) || (last !== undefined && !isBefore(last, key))) continue;
    if (next === undefined || isBefore(key, next)) next = key;
  }
  return next;
}

const dueItems = (
  items: ReadonlyMap<string, Image>,
  { pk, upTo, limit }: Extract<Query, { index: 'due' }>,
): readonly Item[] =>
  [...items.values()]
    .map((image) => plain(image) as Item & { duePk?: string; dueAt?: string })
    .filter(({ duePk, dueAt }) => duePk === pk && dueAt !== undefined && dueAt <= upTo)
    .sort((one, other) => (String(one.dueAt) < String(other.dueAt) ? -1 : 1))
    .slice(0, limit)
    .map(({ pk: itemPk, sk, duePk, dueAt }) => ({ pk: itemPk, sk, duePk, dueAt }));

function plain(image: Image): Item;
function plain(image: Image | undefined): Item | undefined;
function plain(image: Image | undefined): Item | undefined {
  return image && (unmarshall(image) as Item);
}
