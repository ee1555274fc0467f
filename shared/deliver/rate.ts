import type { Random } from '../chance.ts';
import type { Now, Wait } from '../clock.ts';

/** Counts what all workers together hand over, second by second. It may be lost at any moment. */
export interface RateCounter {
  /**
   * Counts one more, if fewer than `most` were counted in this second and shard. Who cannot count lets pass: a relay
   * that is given too much says so itself.
   *
   * @param second since 1970, the first one when more than one are counted together
   */
  count(second: number, shard: number, most: number): Promise<boolean>;
}

export interface RatePorts {
  readonly rate: RateCounter;
  readonly now: Now;
  readonly wait: Wait;
  readonly random: Random;
}

/** So that no one item takes all writes. */
export const SHARDS = 4;

/** How long a worker waits for its turn: longer than a burst of one patient takes, shorter than a lease by far. */
export const MOST_WAIT_SECONDS = 5;

/**
 * Waits for a turn at the relay: in this second, or in one of the next few. Of a relay that takes less than one in a
 * second the turns are in spans of as many seconds as one takes.
 *
 * @returns false when there is none so soon
 */
export async function takeTurn(copiesPerSecond: number, ports: RatePorts): Promise<boolean> {
  const { rate, now, wait, random } = ports;
  const spanSeconds = Math.max(1, Math.ceil(1 / copiesPerSecond));
  const start = now().getTime() / 1000;
  const firstShard = Math.floor(random() * SHARDS);
  let span = Math.floor(start / spanSeconds);
  for (; span * spanSeconds <= start + MOST_WAIT_SECONDS; span += 1) {
    for (let next = 0; next < SHARDS; next += 1) {
      const shard = (firstShard + next) % SHARDS;
      const most = shareOf(copiesPerSecond * spanSeconds, span, shard);
      if (most === 0 || !(await rate.count(span * spanSeconds, shard, most))) continue;
      const early = span * spanSeconds - now().getTime() / 1000;
      if (early > 0) await wait(early);
      return true;
    }
  }
  return false;
}

/**
 * How many copies one shard may count in one span. Over the spans, and over the shards of each, this adds up to the
 * rate, also to one that is no whole number.
 *
 * @param copies of all shards in each span, as a mean
 * @param span counted since 1970
 */
export function shareOf(copies: number, span: number, shard: number): number {
  const all = upTo(copies, span + 1) - upTo(copies, span);
  return upTo(all / SHARDS, shard + 1) - upTo(all / SHARDS, shard);
}

const upTo = (each: number, count: number): number => Math.floor(each * count);
