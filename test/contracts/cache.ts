import { describe, expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { later, type Now } from '../../shared/clock.ts';
import type { Cache, CacheKey } from '../../shared/discover/cache.ts';

const START = new Date('2026-11-22T10:00:00Z');
const SOON = later(START, 60);
const BYTES = Uint8Array.of(1, 2, 3);

const fresh = (kind: CacheKey['kind'] = 'crl'): CacheKey => ({ kind, name: randomUUID() });

/** What every cache promises as long as it forgets nothing. Keys are new in each test, so that they may share one. */
export function cacheContract(title: string, open: (now: Now) => Cache): void {
  function opened() {
    let time = START;
    const cache = open(() => time);
    return { cache, comes: (at: Date) => void (time = at) };
  }

  describe(`${title} keeps`, () => {
    test('nothing that nobody gave it', async () => {
      await expect(opened().cache.read(fresh())).resolves.toBeUndefined();
    });

    test.each([0, 1, 349_999, 350_000, 350_001, 700_000, 700_001, 5_000_000])(
      '%i bytes as they were',
      async (size) => {
        const { cache } = opened();
        const key = fresh();
        const bytes = randomBytes(size);
        await cache.keep(key, bytes, SOON);
        const read = await cache.read(key);
        expect(read && Buffer.from(read).equals(bytes)).toBe(true);
      },
    );

    test('each thing under its own kind and name', async () => {
      const { cache } = opened();
      const key = fresh('issuer');
      await cache.keep(key, BYTES, SOON);
      await expect(cache.read({ ...key, kind: 'ocsp' })).resolves.toBeUndefined();
      await expect(cache.read({ ...key, name: `${key.name}#` })).resolves.toBeUndefined();
      await expect(cache.read(key)).resolves.toEqual(BYTES);
    });

    test('any name', async () => {
      const { cache } = opened();
      const key = { kind: 'discovery', name: `${'é#'.repeat(5000)}${randomUUID()}` } as const;
      await cache.keep(key, BYTES, SOON);
      await expect(cache.read(key)).resolves.toEqual(BYTES);
    });

    test('what it was given last', async () => {
      const { cache } = opened();
      const key = fresh();
      for (const size of [800_000, 3, 900_000, 800_000]) {
        const bytes = Uint8Array.from(randomBytes(size));
        await cache.keep(key, bytes, SOON);
        expect(Buffer.compare((await cache.read(key)) ?? BYTES, bytes)).toBe(0);
      }
    });

    test('until its time, and not at it', async () => {
      const { cache, comes } = opened();
      const key = fresh();
      await cache.keep(key, BYTES, SOON);
      comes(later(SOON, -1));
      await expect(cache.read(key)).resolves.toEqual(BYTES);
      comes(SOON);
      await expect(cache.read(key)).resolves.toBeUndefined();
      comes(later(SOON, 86_400));
      await expect(cache.read(key)).resolves.toBeUndefined();
    });

    test('nothing whose time is over, or is no time', async () => {
      const { cache } = opened();
      for (const until of [START, new Date(0), new Date(Number.NaN)]) {
        const key = fresh();
        await cache.keep(key, BYTES, until);
        await expect(cache.read(key)).resolves.toBeUndefined();
      }
    });

    test('its own copy', async () => {
      const { cache } = opened();
      const key = fresh();
      const given = Uint8Array.from(BYTES);
      await cache.keep(key, given, SOON);
      given.fill(0);
      (await cache.read(key))?.fill(0);
      await expect(cache.read(key)).resolves.toEqual(BYTES);
    });
  });
}
