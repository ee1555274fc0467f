import { isDue } from '../../../shared/adapters/dynamo/keys.ts';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Key, Query } from '../../../shared/adapters/dynamo/table.ts';

/** An item as the stream of DynamoDB carries it. */
export type Image = Readonly<Record<string, AttributeValue>>;

/** An item in both of its forms; neither ever changes. */
export interface Kept {
  readonly image: Image;
  readonly item: Item;
}

export function keptOf(put: Item): Kept {
  const image = marshall(put, { removeUndefinedValues: true });
  return { image, item: frozen(unmarshall(image) as Item) };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  // A view over bytes cannot be frozen.
  return ArrayBuffer.isView(value) ? value : Object.freeze(value);
}

/** Items by partition and sort key, and those of the index `due`. */
export class MemoryItems {
  readonly #partitions: Map<string, Map<string, Kept>>;

  constructor(partitions: Map<string, Map<string, Kept>> = new Map()) {
    this.#partitions = partitions;
  }

  copy(): MemoryItems {
    return new MemoryItems(new Map([...this.#partitions].map(([pk, all]) => [pk, new Map(all)])));
  }

  get({ pk, sk }: Key): Kept | undefined {
    return this.#partitions.get(pk)?.get(sk);
  }

  /** @returns what lay there before and what lies there now */
  set({ pk, sk }: Key, kept: Kept | undefined): [Kept | undefined, Kept | undefined] {
    const partition = this.#partitions.get(pk) ?? new Map<string, Kept>();
    const before = partition.get(sk);
    if (kept) partition.set(sk, kept);
    else partition.delete(sk);
    this.#partitions.set(pk, partition);
    return [before, kept];
  }

  /** Of keys alone: whoever goes through a partition sees each item as it is when he comes to it. */
  nextSortKey(
    pk: string,
    skPrefix: string,
    downwards: boolean,
    last: string | undefined,
  ): string | undefined {
    const isBefore = (one: string, other: string) => (downwards ? one > other : one < other);
    let next: string | undefined;
    for (const sk of this.#partitions.get(pk)?.keys() ?? []) {
      if (!sk.startsWith(skPrefix) || (last !== undefined && !isBefore(last, sk))) continue;
      if (next === undefined || isBefore(sk, next)) next = sk;
    }
    return next;
  }

  due({ pk: shard, upTo, after, limit }: Extract<Query, { index: 'due' }>): readonly Item[] {
    return this.#waiting()
      .filter(({ duePk, dueAt }) => duePk === shard && dueAt <= upTo)
      .filter((item) => after === undefined || placeOf(item) > placeOf(after))
      .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
      .slice(0, limit)
      .map(({ pk, sk, duePk, dueAt }) => ({ pk, sk, duePk, dueAt }));
  }

  firstDueAt(): string | undefined {
    return this.#waiting()
      .filter(isDue)
      .map(({ dueAt }) => dueAt)
      .sort()[0];
  }

  *all(): Iterable<Item> {
    for (const partition of this.#partitions.values()) {
      for (const { item } of partition.values()) yield item;
    }
  }

  #waiting(): Waiting[] {
    return [...this.all()].filter(
      (item): item is Waiting => typeof item['duePk'] === 'string' && 'dueAt' in item,
    );
  }
}

/** What is due at the same time has an order too, or nobody could go on behind one of it. */
const placeOf = ({ pk, sk, dueAt }: Item): string => `${String(dueAt)} ${pk} ${sk}`;

type Waiting = Item & { readonly duePk: string; readonly dueAt: string };
