import { beforeAll, describe, expect, test } from '@jest/globals';
import { later } from '../../shared/clock.ts';
import type { FailureCode } from '../../shared/failures.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { done, fail } from '../../shared/outcome.ts';
import {
  ADDRESS,
  AT_ADDRESS,
  AT_DOMAIN,
  certificateFor,
  discoveryWorld,
  JUNK,
  link,
  NOW,
  pkix,
  server,
  SERVERS,
} from './world.ts';

const DAY = 86_400;
const URL = 'http://certificates.example.org/dr.cer';

type World = ReturnType<typeof discoveryWorld>;

let own: Uint8Array;
let expired: Uint8Array;
let brief: Uint8Array;
beforeAll(async () => {
  const long = { notBefore: later(NOW, -100 * DAY), notAfter: later(NOW, 100 * DAY) };
  own = await certificateFor({ address: ADDRESS, ...long });
  expired = await certificateFor({ address: ADDRESS, ...long, notAfter: later(NOW, -DAY) });
  brief = await certificateFor({ address: ADDRESS, ...long, notAfter: later(NOW, 100) });
});

/** How long what was found is kept, rounded to seconds: the clock of the world goes on a little at each look. */
const keptSeconds = ({ kept }: World): number[] =>
  kept.map(({ until }) => Math.floor((until.getTime() - NOW.getTime()) / 1000));

const inLdap = (world: World): void => {
  world.directory.set(SERVERS, [server('a')]);
  const entries = [{ context: 'ou=one', mail: ADDRESS, certificates: [own] }];
  world.ldap.serve('a:389', { contexts: ['ou=one'], entries });
};

describe('what was found', () => {
  test('is not asked for again, whatever the case of the address', async () => {
    const world = discoveryWorld();
    world.directory.set(AT_ADDRESS, [pkix(own), pkix(JUNK)]);
    const first = await world.lookUp();
    world.directory.set(AT_ADDRESS, []);
    const again = await world.lookUp('DR.Jones@direct.example.org' as DirectAddress);
    expect(again).toEqual({ looks: [], outcome: first.outcome });
    expect(first.outcome).toEqual(done({ stage: 'dns-address', certificates: [own, JUNK] }));
    expect(world.kept.map(({ key }) => key)).toEqual([{ kind: 'discovery', name: ADDRESS }]);
  });

  test.each<[string, number, (world: World) => void]>([
    ['as long as the records say', 1234, ({ directory }) => at(directory, [pkix(own)], 1234)],
    ['a day at most', DAY, ({ directory }) => at(directory, [pkix(own)], 30 * DAY)],
    ['not past the first notAfter', 100, ({ directory }) => at(directory, [own, brief].map(pkix))],
    [
      '5 minutes beside one that has run out',
      300,
      (w) => at(w.directory, [own, expired].map(pkix)),
    ],
    ['5 minutes in LDAP', 300, inLdap],
    [
      '5 minutes behind a URL',
      300,
      ({ directory, fetching }) => {
        at(directory, [link(4, URL)]);
        fetching.set(URL, own);
      },
    ],
    [
      'at the domain no longer than that the address has none',
      300,
      ({ directory }) => directory.set(AT_DOMAIN, [pkix(own)], 1234),
    ],
  ])('is kept %s', async (_, seconds, publish) => {
    const world = discoveryWorld();
    publish(world);
    expect((await world.lookUp()).outcome.ok).toBe(true);
    expect(keptSeconds(world)).toEqual([seconds]);
  });

  test('is not kept when the records forbid it', async () => {
    const world = discoveryWorld();
    at(world.directory, [pkix(own)], 0);
    await world.lookUp();
    expect(world.kept).toEqual([]);
  });
});

const at = (
  directory: World['directory'],
  records: Parameters<World['directory']['set']>[1],
  ttlSeconds = DAY,
): void => directory.set(AT_ADDRESS, records, ttlSeconds);

describe('that nothing is published', () => {
  test.each([
    ['5 minutes at least', 20, 300],
    ['as long as the zone says', 700, 700],
    ['15 minutes at most', DAY, 900],
  ])('is kept %s', async (_, ttlSeconds, expected) => {
    const world = discoveryWorld();
    const answer = { records: [], ttlSeconds };
    const directory = {
      certRecords: async () => done(answer),
      serverRecords: async () => done(answer),
    };
    Object.assign(world.ports, { directory });
    expect((await world.lookUp()).outcome).toEqual(fail('discover/no-certificate'));
    expect(keptSeconds(world)).toEqual([expected]);
    world.directory.set(AT_ADDRESS, [pkix(own)]);
    expect(await world.lookUp()).toEqual({ looks: [], outcome: fail('discover/no-certificate') });
  });
});

describe('what may pass', () => {
  test.each<[FailureCode, (world: World) => void]>([
    [
      'discover/unreachable',
      ({ directory }) => directory.break(AT_ADDRESS, 'discover/unreachable'),
    ],
    ['discover/refused', ({ directory }) => directory.break(SERVERS, 'discover/refused')],
    ['discover/ldap-unreachable', ({ directory }) => directory.set(SERVERS, [server('dead')])],
    ['discover/bad-certificate', ({ directory }) => directory.set(AT_ADDRESS, [pkix(JUNK)])],
    ['discover/blocked-url', ({ directory }) => directory.set(AT_ADDRESS, [link(4, 'file:///x')])],
    ['discover/url-unreachable', ({ directory }) => directory.set(AT_ADDRESS, [link(4, URL)])],
  ])('%s is not kept', async (code, publish) => {
    const world = discoveryWorld();
    publish(world);
    expect((await world.lookUp()).outcome).toEqual(fail(code));
    expect(world.kept).toEqual([]);
  });
});

test.each([
  ['no JSON', 'x'],
  ['nothing', ''],
  ['another version', '{"version":2}'],
  ['a stage that is none', stored({ stage: 'elsewhere', certificates: ['AAAA'] })],
  ['no certificate', stored({ stage: 'dns-address', certificates: [] })],
  ['no base64', stored({ stage: 'dns-address', certificates: ['*'] })],
  ['more than it should', '{"version":1,"trusted":true}'],
])('what was kept in another form is not there: %s', async (_, text) => {
  const world = discoveryWorld();
  world.directory.set(AT_ADDRESS, [pkix(own)]);
  const key = { kind: 'discovery', name: ADDRESS } as const;
  await world.cache.keep(key, Buffer.from(text), NOW);
  expect((await world.lookUp()).outcome).toEqual(
    done({ stage: 'dns-address', certificates: [own] }),
  );
});

function stored(discovery: object): string {
  return JSON.stringify({ version: 1, discovery });
}

describe('a tag on the local part', () => {
  const tagged = 'dr.jones+records@direct.example.org' as DirectAddress;
  const rules = { deadlineSeconds: 8, stripTags: true };

  test('is asked for as it is', async () => {
    const world = discoveryWorld();
    await world.lookUp(tagged);
    expect(world.directory.asked[0]).toBe('CERT dr.jones+records.direct.example.org');
  });

  test('is taken off by rule, and what is found is the answer for the bare address too', async () => {
    const world = discoveryWorld();
    world.directory.set(AT_ADDRESS, [pkix(own)]);
    const { outcome } = await world.lookUp(tagged, rules);
    expect(world.directory.asked).toEqual([`CERT ${AT_ADDRESS}`]);
    expect(outcome.ok).toBe(true);
    expect(await world.lookUp(ADDRESS)).toEqual({ looks: [], outcome });
    await world.lookUp(tagged);
    expect(world.directory.asked[1]).toBe('CERT dr.jones+records.direct.example.org');
  });

  test.each(['+tag@direct.example.org', 'dr.+tag@direct.example.org'])(
    'stays where nothing good would be left: %s',
    async (address) => {
      const world = discoveryWorld();
      await world.lookUp(address as DirectAddress, rules);
      expect(world.directory.asked[0]).toBe(`CERT ${address.replace('@', '.')}`);
    },
  );
});

describe('the deadline', () => {
  const rules = { deadlineSeconds: 0.05, stripTags: false };

  test.each<[string, (world: World) => void]>([
    ['DNS', ({ directory }) => directory.silence(AT_ADDRESS)],
    ['DNS for servers', ({ directory }) => directory.silence(SERVERS)],
    [
      'a URL',
      ({ directory, fetching }) => {
        directory.set(AT_ADDRESS, [link(4, URL)]);
        fetching.silence(URL);
      },
    ],
  ])(
    'discover/too-slow: ends all together, and the looks so far are told: %s',
    async (_, publish) => {
      const world = discoveryWorld();
      publish(world);
      const { outcome, looks } = await world.lookUp(ADDRESS, rules);
      expect(outcome).toEqual(fail('discover/too-slow'));
      expect(looks.at(-1)?.code).toMatch(/unreachable$/);
      expect(world.kept).toEqual([]);
    },
  );

  test('is one: each question gets the same signal', async () => {
    const world = discoveryWorld();
    world.directory.set(SERVERS, [server('a')]);
    const signals = new Set<AbortSignal | undefined>();
    const { directory, ldap } = world;
    Object.assign(world.ports, {
      directory: {
        certRecords: (name: string, within?: AbortSignal) => {
          signals.add(within);
          return directory.certRecords(name, within);
        },
        serverRecords: (name: string, within?: AbortSignal) => {
          signals.add(within);
          return directory.serverRecords(name, within);
        },
      },
      ldap: {
        open: (place: Parameters<typeof ldap.open>[0], within: AbortSignal) => {
          signals.add(within);
          return ldap.open(place, within);
        },
      },
    });
    await world.lookUp();
    expect(signals.size).toBe(1);
  });
});
