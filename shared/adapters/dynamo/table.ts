export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What lies under a key. Attributes that are undefined are not kept. */
export type Item = Key & Readonly<Record<string, unknown>>;

/** What must hold of the item under a key, at the moment of the transaction, for the transaction to happen. */
export type Condition =
  | { readonly absent: true }
  /** That the item has nothing at the path; what is not there has nothing. */
  | { readonly without: readonly string[] }
  | { readonly equals: readonly [path: readonly string[], value: string | number] }
  /** Text is compared as text, so times are ISO 8601 UTC. What is not there bounds nothing. */
  | { readonly absentOrAtLeast: readonly [path: readonly string[], value: string | number] };

export type Write =
  | { readonly put: Item; readonly when?: readonly Condition[] }
  | { readonly check: Key; readonly when: readonly Condition[] }
  | { readonly remove: Key; readonly when?: readonly Condition[] };

/** All of it was written, or nothing: then `failed` names writes whose conditions did not hold, by index, at least one. */
export type Written =
  { readonly ok: true } | { readonly ok: false; readonly failed: readonly number[] };

/**
 * Items of one partition in the order of their sort key, behind the sort key `after`, whether there is such an item or
 * not; or, in the index `due`, of one shard in the order of
 * `dueAt`, up to and including `upTo`, and behind `after`, the last one that was answered. At most `limit` items, over
 * as many pages as that takes.
 */
export type Query =
  | {
      readonly pk: string;
      readonly skPrefix?: string;
      readonly newestFirst?: boolean;
      readonly after?: string;
      readonly limit: number;
    }
  | {
      readonly index: 'due';
      readonly pk: string;
      readonly upTo: string;
      readonly after?: Item;
      readonly limit: number;
    };

/**
 * A table as DynamoDB is one, and no more of it than we need.
 *
 * @throws TableBusy when the same call may succeed in a moment and nothing was written
 */
export interface RawTable {
  /** Strongly consistent. */
  get(key: Key): Promise<Item | undefined>;
  /**
   * Strongly consistent, item by item: a transaction that commits meanwhile may be seen in part. The index `due` is
   * eventually consistent and answers keys only.
   */
  query(query: Query): Promise<readonly Item[]>;
  /** One transaction of 1 to 100 writes, no two on the same item. A condition that does not hold is an answer. */
  write(writes: readonly Write[]): Promise<Written>;
}

/** What the stores are built on: a raw table that was given patience (table/retrying.ts). */
export interface Table extends RawTable {
  /** Waits before somebody who lost a race runs again; longer after more tries. */
  pause(tries: number): Promise<void>;
}

/** The attributes of DynamoDB's index of what is due; its sort key is compared as text, so it is ISO 8601 UTC. */
export const DUE_INDEX = { name: 'due', pk: 'duePk', sk: 'dueAt' } as const;
