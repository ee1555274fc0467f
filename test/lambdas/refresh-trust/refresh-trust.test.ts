import { beforeEach, describe, expect, test } from '@jest/globals';
import { later } from '../../../shared/clock.ts';
import type { LogFields } from '../../../shared/log.ts';
import type { AnchorStore } from '../../../shared/trust/bundle/anchor-store.ts';
import { makeHandler } from '../../../lambdas/refresh-trust/handler.ts';
import { memoryAnchors } from '../../support/memory/anchor-store.ts';
import { memoryFetch, type MemoryFetch } from '../../support/memory/fetch.ts';
import { p7b } from '../../trust/bundle/support/bundles.ts';
import { bundleWorld, type BundleWorld } from '../../trust/bundle/support/world.ts';

const AT = 'https://bundles.example/';
const bundles = ['first', 'second', 'third'].map((name) => ({ name, url: AT + name }));

let world: BundleWorld;
let web: MemoryFetch;
let store: AnchorStore;
let now: Date;
let lines: (readonly [level: string, event: string, fields: LogFields | undefined])[];
beforeEach(async () => {
  world = await bundleWorld();
  web = memoryFetch();
  store = memoryAnchors();
  now = new Date('2026-03-01T12:00:00Z');
  lines = [];
});

const run = (): Promise<void> =>
  makeHandler({
    fetch: web.fetch,
    store,
    settings: { bundles, trust: { domains: {} } },
    now: () => now,
    log: {
      info: (event, fields) => void lines.push(['info', event, fields]),
      error: (event, fields) => void lines.push(['error', event, fields]),
    },
  })({});

const anchorsOf = async (name: string): Promise<number | undefined> =>
  (await store.read(name))?.anchors.length;

describe('the daily refresh', () => {
  beforeEach(() => {
    web.set(`${AT}first`, world.plain);
    web.set(`${AT}second`, world.plain);
    web.set(`${AT}third`, p7b([world.one.certificate]));
  });

  test('fetches every bundle and says of each how it went, in our own words', async () => {
    await run();
    expect(lines).toEqual([
      ['info', 'bundle-refreshed', { bundle: 'first', count: 2, ageSeconds: 0 }],
      ['info', 'bundle-refreshed', { bundle: 'second', count: 2, ageSeconds: 0 }],
      ['info', 'bundle-refreshed', { bundle: 'third', count: 1, ageSeconds: 0 }],
    ]);
  });

  test('goes on when one bundle fails, and says how old is what stays', async () => {
    await run();
    lines = [];
    now = later(now, 86_400);
    web.break(`${AT}first`, 'unreachable');
    web.set(`${AT}second`, p7b([world.two.certificate]));
    await run();
    const code = 'trust/bundle-unreachable';
    expect(lines.slice(0, 2)).toEqual([
      ['error', 'bundle-unrefreshed', { bundle: 'first', count: 2, ageSeconds: 86_400, code }],
      ['info', 'bundle-refreshed', { bundle: 'second', count: 1, ageSeconds: 0 }],
    ]);
    expect([await anchorsOf('first'), await anchorsOf('second')]).toEqual([2, 1]);
  });

  test('goes on when the store fails for one', async () => {
    const memory = store;
    store = {
      ...memory,
      read: async (name) => {
        if (name === 'first') throw new Error(`${name} at patient@clinic.example`);
        return memory.read(name);
      },
    };
    await run();
    const errorName = expect.stringMatching(/^Error at refresh-trust\.test\.ts:\d+:\d+$/);
    expect(lines[0]).toEqual(['error', 'bundle-unrefreshed', { bundle: 'first', errorName }]);
    expect(await anchorsOf('third')).toBe(1);
  });
});

test('a signer that cannot be read stops the function before anything is fetched', () => {
  const settings = { bundles: [{ ...bundles[0]!, signer: 'x' }], trust: { domains: {} } };
  const log = { info: () => undefined, error: () => undefined };
  const ports = { fetch: web.fetch, store, settings, now: () => now, log };
  expect(() => makeHandler(ports)).toThrow('bundles.0.signer');
});
