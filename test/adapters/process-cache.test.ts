import { describe, expect, test } from '@jest/globals';
import { processCache } from '../../shared/adapters/process-cache.ts';
import type { Kept, TimedCache } from '../../shared/adapters/timed-cache.ts';
import { later } from '../../shared/clock.ts';
import type { CacheKey } from '../../shared/discover/cache.ts';
import { cacheContract } from '../contracts/cache.ts';
import { memoryCache } from '../support/memory/cache.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const SOON = later(NOW, 60);
const now = () => NOW;

const key = (name: string): CacheKey => ({ kind: 'crl', name });

cacheContract('the memory cache', memoryCache);

cacheContract('the cache of a process', (clock) =>
  processCache({ now: clock, maxBytes: 16_000_000 }),
);

cacheContract('the cache of a process before another that remembers nothing', (clock) =>
  processCache({ now: clock, maxBytes: 16_000_000, behind: behind().cache }),
);

/** Gives what the test says, and counts what it is asked. */
function behind(found?: Kept) {
  const reads: string[] = [];
  const keeps: string[] = [];
  const cache: TimedCache = {
    read: async () => found?.bytes,
    async find({ name }) {
      reads.push(name);
      return found;
    },
    async keep({ name }) {
      keeps.push(name);
    },
  };
  return { cache, reads, keeps };
}

describe('the cache of a process', () => {
  test('holds as much as it may, and what was used last', async () => {
    const cache = processCache({ now, maxBytes: 3000 });
    await cache.keep(key('a'), new Uint8Array(700), SOON);
    await cache.keep(key('b'), new Uint8Array(700), SOON);
    await cache.keep(key('c'), new Uint8Array(700), SOON);
    await cache.read(key('a'));
    await cache.keep(key('d'), new Uint8Array(700), SOON);
    const held = await Promise.all(['a', 'b', 'c', 'd'].map((name) => cache.read(key(name))));
    expect(held.map((bytes) => bytes !== undefined)).toEqual([true, false, true, true]);
  });

  test('counts what it holds once, however often it is given', async () => {
    const cache = processCache({ now, maxBytes: 2000 });
    await cache.keep(key('a'), new Uint8Array(700), SOON);
    for (let times = 0; times < 5; times++) await cache.keep(key('b'), new Uint8Array(700), SOON);
    await expect(cache.read(key('a'))).resolves.toHaveLength(700);
  });

  test('counts empty things too', async () => {
    const cache = processCache({ now, maxBytes: 10_000 });
    for (let each = 0; each < 100; each++) {
      await cache.keep(key(`${each}`), new Uint8Array(0), SOON);
    }
    await expect(cache.read(key('0'))).resolves.toBeUndefined();
    await expect(cache.read(key('99'))).resolves.toEqual(new Uint8Array(0));
  });

  test('does not take what is larger than all of it', async () => {
    const cache = processCache({ now, maxBytes: 1000 });
    await cache.keep(key('a'), new Uint8Array(1001), SOON);
    await expect(cache.read(key('a'))).resolves.toBeUndefined();
  });

  test('asks the one behind it for what it does not have, and once', async () => {
    const other = behind({ bytes: Uint8Array.of(7), until: SOON });
    const cache = processCache({ now, maxBytes: 1000, behind: other.cache });
    await expect(cache.read(key('a'))).resolves.toEqual(Uint8Array.of(7));
    await expect(cache.read(key('a'))).resolves.toEqual(Uint8Array.of(7));
    expect(other.reads).toEqual(['a']);
  });

  test('asks again for what came from behind when its time is over', async () => {
    let time = NOW;
    const other = behind({ bytes: Uint8Array.of(7), until: SOON });
    const cache = processCache({ now: () => time, maxBytes: 1000, behind: other.cache });
    await cache.read(key('a'));
    time = SOON;
    await expect(cache.read(key('a'))).resolves.toBeUndefined();
    expect(other.reads).toEqual(['a', 'a']);
  });

  test('hands on what it is given', async () => {
    const other = behind();
    const cache = processCache({ now, maxBytes: 1000, behind: other.cache });
    await cache.keep(key('a'), new Uint8Array(1), SOON);
    await cache.keep(key('b'), new Uint8Array(1), NOW);
    await cache.read(key('a'));
    expect(other).toMatchObject({ keeps: ['a'], reads: [] });
  });
});
