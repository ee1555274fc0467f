import { hash } from 'node:crypto';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { Change } from '../../support/memory/table.ts';
import type { Chance } from './chance.ts';
import type { Kernel } from './environment.ts';
import type { Pool } from './pool.ts';

export interface StreamRules {
  readonly name: string;
  /** Of new items: all others never reach the function. */
  readonly kinds: readonly string[];
  readonly batchSize: number;
  /** After so many tries a record is set aside; undefined: never. */
  readonly retryAttempts?: number;
  /** How often a record is set aside for no reason at all. */
  readonly losses: number;
}

export type StreamEvent = { readonly Records: readonly object[] };

interface StreamRecord {
  readonly number: number;
  readonly change: Change;
  tries: number;
}

const SHARDS = 3;

/** One reader of the table's stream. What belongs to one key comes in its order, again and again until it is done. */
export class StreamReader {
  readonly #rules: StreamRules;
  readonly #pool: Pool<StreamEvent, DynamoDBBatchResponse>;
  readonly #kernel: Kernel;
  readonly #chance: Chance;
  readonly #shards: StreamRecord[][] = Array.from({ length: SHARDS }, () => []);
  readonly #busy = new Set<number>();
  #count = 0;

  constructor(
    rules: StreamRules,
    pool: Pool<StreamEvent, DynamoDBBatchResponse>,
    kernel: Kernel,
    chance: Chance,
  ) {
    this.#rules = rules;
    this.#pool = pool;
    this.#kernel = kernel;
    this.#chance = chance;
  }

  hear(change: Change): void {
    const kind = change.newImage?.['kind']?.S ?? '';
    if (change.eventName !== 'INSERT' || !this.#rules.kinds.includes(kind)) return;
    if (this.#chance.happens(this.#rules.losses)) {
      return this.#kernel.trace(this.#rules.name, `set aside ${kind}`);
    }
    this.#count += 1;
    const shard = shardOf(change.newImage?.['pk']?.S ?? '');
    this.#shards[shard]?.push({ number: this.#count, change, tries: 0 });
    this.#read(shard);
  }

  #read(shard: number): void {
    if (this.#busy.has(shard) || this.#shards[shard]?.length === 0) return;
    this.#busy.add(shard);
    this.#kernel.timeline.after(this.#chance.between(1, 1000), () => void this.#work(shard));
  }

  async #work(shard: number): Promise<void> {
    const records = this.#shards[shard] ?? [];
    const batch = records.slice(0, this.#rules.batchSize);
    const ended = await this.#pool.invoke({ Records: batch.map(recordOf) });
    const done = doneOf(batch, ended);
    records.splice(0, done);
    const [failed] = done < batch.length ? records : [];
    if (failed) {
      failed.tries += 1;
      if (failed.tries > (this.#rules.retryAttempts ?? Infinity)) records.shift();
    }
    this.#busy.delete(shard);
    this.#read(shard);
  }
}

/** How many of the batch need not be read again: all before the first that failed. */
function doneOf(
  batch: readonly StreamRecord[],
  ended: Awaited<ReturnType<Pool<StreamEvent, DynamoDBBatchResponse>['invoke']>>,
): number {
  if (ended.kind !== 'answered') return 0;
  const failed = ended.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const first = batch.findIndex(({ number }) => failed.includes(String(number)));
  return first === -1 ? batch.length : first;
}

const shardOf = (pk: string): number =>
  Number.parseInt(hash('sha256', pk).slice(0, 2), 16) % SHARDS;

const recordOf = ({ number, change: { eventName, newImage } }: StreamRecord): object => ({
  eventName,
  dynamodb: { NewImage: newImage, SequenceNumber: String(number) },
});
