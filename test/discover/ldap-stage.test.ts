import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ServerRecord } from '../../shared/discover/directory.ts';
import { askLdap } from '../../shared/discover/ldap-stage.ts';
import type { Ldap } from '../../shared/discover/ldap.ts';
import { newTrace } from '../../shared/discover/trace.ts';
import type { FailureCode } from '../../shared/failures.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { done, fail } from '../../shared/outcome.ts';
import { ldapContract } from '../contracts/ldap.ts';
import type { LdapContents } from '../support/fake-ldap.ts';
import { memoryLdap } from '../support/memory/ldap.ts';
import {
  ADDRESS,
  AT_ADDRESS,
  AT_DOMAIN,
  certificateFor,
  discoveryWorld,
  JUNK,
  pkix,
  server,
  SERVERS,
} from './world.ts';

const [ONE, TWO] = ['ou=one', 'ou=two'];
const EMPTY: LdapContents = { contexts: [ONE], entries: [] };

let own: Uint8Array;
let other: Uint8Array;
let ofDomain: Uint8Array;
beforeAll(async () => {
  own = await certificateFor({ address: ADDRESS });
  other = await certificateFor({ address: ADDRESS, serial: Uint8Array.of(7) });
  ofDomain = await certificateFor({ domain: AT_DOMAIN });
});

/** One context with these certificates under the address and under the domain. */
const holding = (
  atAddress: readonly Uint8Array[],
  atDomain: readonly Uint8Array[] = [],
): LdapContents => ({
  contexts: [ONE],
  entries: [
    { context: ONE, mail: ADDRESS, certificates: atAddress },
    { context: ONE, mail: AT_DOMAIN, certificates: atDomain },
  ],
});

function servedBy(records: readonly ServerRecord[], contents: Record<string, LdapContents>) {
  const world = discoveryWorld();
  world.directory.set(SERVERS, records);
  for (const [host, held] of Object.entries(contents)) world.ldap.serve(`${host}:389`, held);
  return world;
}

const hostsOf = (asked: readonly string[]): string[] =>
  asked.filter((each) => !each.includes(' ')).map((each) => each.replace(':389', ''));

ldapContract('LDAP in memory', (contents) => {
  const ldap = memoryLdap();
  ldap.serve('ldap.clinic.example:389', contents);
  return Promise.resolve({
    ldap,
    place: { target: 'ldap.clinic.example', port: 389 },
    deadPlace: { target: 'ldap.clinic.example', port: 3389 },
    close: () => Promise.resolve(),
  });
});

describe('LDAP', () => {
  test('is asked for servers when DNS holds no certificate, and every step is told', async () => {
    const world = servedBy([server('a')], {
      a: {
        contexts: [ONE, TWO],
        entries: [{ context: TWO, mail: AT_DOMAIN.toUpperCase(), certificates: [ofDomain] }],
      },
    });
    const { outcome, looks } = await world.lookUp();
    expect(outcome).toEqual(done({ stage: 'ldap-domain', certificates: [ofDomain] }));
    const none = { found: 0, code: 'discover/no-certificate', tookMs: 5 };
    expect(looks).toEqual([
      { stage: 'dns-address', name: AT_ADDRESS, ...none },
      { stage: 'dns-domain', name: AT_DOMAIN, ...none },
      { stage: 'ldap-servers', name: SERVERS, found: 1, tookMs: 5 },
      { stage: 'ldap-address', name: 'a:389', found: 2, tookMs: 5 },
      { stage: 'ldap-address', name: `a:389 ou=one ${ADDRESS}`, ...none },
      { stage: 'ldap-address', name: `a:389 ou=two ${ADDRESS}`, ...none },
      { stage: 'ldap-domain', name: `a:389 ou=one ${AT_DOMAIN}`, ...none },
      { stage: 'ldap-domain', name: `a:389 ou=two ${AT_DOMAIN}`, found: 1, tookMs: 5 },
    ]);
    expect(world.ldap.connections()).toBe(0);
  });

  test('has nothing in its names that an operator would not see', async () => {
    const contexts = ['ou=\u001b[2J\r\nx\u202e', 'ou=Ärzte'];
    const world = servedBy([server('a\u001bb')], { 'a\u001bb': { contexts, entries: [] } });
    const { looks } = await world.lookUp();
    expect(looks.slice(3, 6).map(({ name }) => name)).toEqual([
      'a b:389',
      `a b:389 ou= [2J  x  ${ADDRESS}`,
      `a b:389 ou=Ärzte ${ADDRESS}`,
    ]);
    expect(world.ldap.asked).toContain(`a\u001bb:389 ${contexts[0]} ${ADDRESS}`);
  });

  test('is not asked for what DNS holds, whatever it is worth', async () => {
    for (const name of [AT_ADDRESS, AT_DOMAIN]) {
      const world = servedBy([server('a')], { a: holding([own]) });
      world.directory.set(name, [pkix(JUNK)]);
      expect((await world.lookUp()).outcome).toEqual(fail('discover/bad-certificate'));
      expect(world.ldap.asked).toEqual([]);
    }
  });

  test('is asked even when DNS cannot hold the name of the address', async () => {
    const long = `${'a'.repeat(64)}@direct.example.org` as DirectAddress;
    const world = servedBy([server('a')], {
      a: { contexts: [ONE], entries: [{ context: ONE, mail: long, certificates: [own] }] },
    });
    expect((await world.lookUp(long)).outcome).toMatchObject({ value: { stage: 'ldap-address' } });
  });

  test('gives all values of all contexts for the address, each once, and then none for the domain', async () => {
    const world = servedBy([server('a')], {
      a: {
        contexts: [ONE, TWO],
        entries: [
          { context: ONE, mail: ADDRESS, certificates: [] },
          { context: ONE, mail: ADDRESS, certificates: [own, JUNK] },
          { context: TWO, mail: ADDRESS, certificates: [other, own] },
          { context: TWO, mail: AT_DOMAIN, certificates: [ofDomain] },
        ],
      },
    });
    const certificates = [own, JUNK, other];
    expect((await world.lookUp()).outcome).toEqual(done({ stage: 'ldap-address', certificates }));
    expect(world.ldap.asked).toHaveLength(3);
  });

  test('discover/bad-certificate: nothing but junk is final too', async () => {
    const world = servedBy([server('a'), server('b', 1)], {
      a: holding([JUNK], [ofDomain]),
      b: holding([own]),
    });
    expect((await world.lookUp()).outcome).toEqual(fail('discover/bad-certificate'));
    expect(hostsOf(world.ldap.asked)).toEqual(['a']);
  });

  test('discover/no-certificate: an entry without a certificate is none', async () => {
    const world = servedBy([server('a')], { a: holding([], []) });
    expect((await world.lookUp()).outcome).toEqual(fail('discover/no-certificate'));
  });
});

describe('the servers of a domain', () => {
  const names = ['light', 'heavy', 'late', 'same'];
  const records = [
    server('late', 20, 100),
    server('light', 10, 0),
    server('heavy', 10, 100),
    server('same', 20, 100),
  ];

  test('are asked by priority, then from the heaviest down, at each run alike', async () => {
    for (let run = 0; run < 200; run++) {
      const world = servedBy(records, Object.fromEntries(names.map((name) => [name, EMPTY])));
      expect((await world.lookUp()).outcome).toEqual(fail('discover/no-certificate'));
      expect(hostsOf(world.ldap.asked)).toEqual(['heavy', 'light', 'late', 'same']);
    }
  });

  test('are asked for address and domain each before the next one', async () => {
    const world = servedBy([server('a'), server('b', 1)], {
      a: holding([], [ofDomain]),
      b: holding([own]),
    });
    const { outcome } = await world.lookUp();
    expect(outcome).toEqual(done({ stage: 'ldap-domain', certificates: [ofDomain] }));
    expect(hostsOf(world.ldap.asked)).toEqual(['a']);
  });

  test('are asked until one has the certificate: one dead, one without, then the one', async () => {
    const world = servedBy([server('dead'), server('b', 1), server('c', 2)], {
      b: EMPTY,
      c: holding([own]),
    });
    const { outcome } = await world.lookUp();
    expect(outcome).toEqual(done({ stage: 'ldap-address', certificates: [own] }));
    expect(hostsOf(world.ldap.asked)).toEqual(['dead', 'b', 'c']);
    expect(world.ldap.connections()).toBe(0);
  });

  test.each([
    ['no record', []],
    ['the root as the only target', [server('')]],
  ])('do not exist: %s', async (_, none) => {
    const world = servedBy(none, {});
    expect((await world.lookUp()).outcome).toEqual(fail('discover/no-certificate'));
    expect(world.ldap.asked).toEqual([]);
  });

  test('discover/ldap-blocked: a port that is none', async () => {
    const world = servedBy([server('a', 0, 0, 0)], {});
    expect((await world.lookUp()).outcome).toEqual(fail('discover/ldap-blocked'));
  });

  test('beyond the eighth are not asked', async () => {
    const many = Array.from({ length: 12 }, (_, index) => server(`s${index}`, index));
    const world = servedBy(many, Object.fromEntries(many.map(({ target }) => [target, EMPTY])));
    await world.lookUp();
    expect(hostsOf(world.ldap.asked)).toHaveLength(8);
  });

  test.each(['discover/unreachable', 'discover/refused', 'discover/malformed'] as const)(
    '%s: DNS does not tell them',
    async (code) => {
      const world = discoveryWorld();
      world.directory.break(SERVERS, code);
      expect((await world.lookUp()).outcome).toEqual(fail(code));
    },
  );
});

describe('a server that fails', () => {
  test('discover/ldap-unreachable: time is over before the next one, which may hold what the first does not', async () => {
    const world = servedBy([server('a'), server('b', 1)], { a: EMPTY, b: holding([own]) });
    const deadline = new AbortController();
    const ldap: Ldap = {
      async open(record, within) {
        const opened = await world.ldap.open(record, within);
        if (!opened.ok) return opened;
        const close = async (): Promise<void> => deadline.abort(await opened.value.close());
        return done({ ...opened.value, close });
      },
    };
    const trace = newTrace(world.now);
    const search = { ...world.ports, ldap, trace, within: deadline.signal };
    expect(await askLdap(ADDRESS, search)).toEqual(fail('discover/ldap-unreachable'));
    expect(hostsOf(world.ldap.asked)).toEqual(['a']);
  });

  test.each<[FailureCode, readonly FailureCode[]]>([
    ['discover/ldap-unreachable', ['discover/ldap-unreachable']],
    ['discover/ldap-refused', ['discover/ldap-refused']],
    ['discover/ldap-malformed', ['discover/ldap-malformed']],
    ['discover/ldap-blocked', ['discover/ldap-blocked']],
    ['discover/ldap-refused', ['discover/ldap-blocked', 'discover/ldap-refused']],
    ['discover/ldap-unreachable', ['discover/ldap-unreachable', 'discover/ldap-refused']],
  ])('%s: is never taken for one without the entry', async (expected, codes) => {
    const failing = codes.map((_, index) => server(`failing${index}`, index));
    const world = servedBy([...failing, server('empty', 9)], { empty: EMPTY });
    for (const [index, code] of codes.entries()) {
      world.ldap.break(`failing${index}:389`, code);
    }
    expect((await world.lookUp()).outcome).toEqual(fail(expected));
    expect(hostsOf(world.ldap.asked)).toContain('empty');
  });

  test('does not matter when another one has the certificate', async () => {
    const world = servedBy([server('a'), server('b', 1)], { b: holding([own]) });
    world.ldap.break('a:389', 'discover/ldap-malformed');
    expect((await world.lookUp()).outcome.ok).toBe(true);
  });

  test('in one context may still have it in another', async () => {
    const world = servedBy([server('a')], {
      a: {
        contexts: [ONE, TWO],
        entries: [{ context: TWO, mail: ADDRESS, certificates: [own] }],
      },
    });
    world.ldap.break('a:389', 'discover/ldap-refused', ONE);
    expect((await world.lookUp()).outcome).toEqual(
      done({ stage: 'ldap-address', certificates: [own] }),
    );
  });

  test('in one context is not asked for the domain instead of the address', async () => {
    const world = servedBy([server('a')], {
      a: {
        contexts: [ONE, TWO],
        entries: [{ context: TWO, mail: AT_DOMAIN, certificates: [ofDomain] }],
      },
    });
    world.ldap.break('a:389', 'discover/ldap-unreachable', ONE);
    expect((await world.lookUp()).outcome).toEqual(fail('discover/ldap-unreachable'));
    expect(world.ldap.asked).not.toContain(`a:389 ${TWO} ${AT_DOMAIN}`);
    expect(world.ldap.connections()).toBe(0);
  });

  test('lists no contexts and is closed', async () => {
    const world = servedBy([server('a')], { a: { contexts: [], entries: [] } });
    expect((await world.lookUp()).outcome).toEqual(fail('discover/ldap-malformed'));
    expect(world.ldap.connections()).toBe(0);
  });
});
