import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dnsDirectory } from '../../../shared/adapters/dns.ts';
import { httpFetch } from '../../../shared/adapters/http-fetch.ts';
import { ldapClient } from '../../../shared/adapters/ldap.ts';
import { discover } from '../../../shared/discover/discover.ts';
import type { DiscoverAnswer } from '../../../shared/discover/discovery.ts';
import { parseDirectAddress } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { describeWith } from '../../support/needs.ts';
import { BASE, JUNK, openOddWorld, type OddWorld } from './bench/odd-world.ts';

describeWith(['named', 'slapd'], 'certificates that real servers serve', () => {
  let world: OddWorld;
  beforeAll(async () => {
    world = await openOddWorld();
  });
  afterAll(() => world.close());

  async function look(
    address: string,
    transport: 'udp-first' | 'tcp' = 'udp-first',
  ): Promise<DiscoverAnswer> {
    const parsed = parseDirectAddress(address);
    if (!parsed.ok) throw new Error(parsed.failure.code);
    const outbound = { loopback: true, resolvers: world.resolver };
    return discover(parsed.value, {
      directory: dnsDirectory({ resolvers: world.resolver, transport }),
      ldap: ldapClient(outbound),
      fetch: httpFetch(outbound),
      now: () => new Date(),
    });
  }

  const outcomeOf = async (address: string) => (await look(address)).outcome;

  /** The stage, and the certificates by their place among the five; junk as it is. Or the code of the refusal. */
  async function found(address: string, transport?: 'tcp'): Promise<string> {
    const { outcome } = await look(address, transport);
    if (!outcome.ok) return outcome.failure.code;
    const { stage, certificates } = outcome.value;
    const places = certificates.map((bytes) => {
      const place = world.certificates.findIndex((each) => Buffer.from(each).equals(bytes));
      return place < 0 ? Buffer.from(bytes).toString() : String(place);
    });
    return [stage, ...places.toSorted()].join(' ');
  }

  describe('in DNS', () => {
    test.each(['udp-first', 'tcp'] as const)('five at one name, by %s', async (transport) => {
      const way = transport === 'tcp' ? transport : undefined;
      await expect(found(`many@${BASE}`, way)).resolves.toBe('dns-address 0 1 2 3 4');
    });

    test('one beside junk: trust names the junk among the rejected', async () => {
      await expect(found(`mixed@${BASE}`)).resolves.toBe(`dns-address 0 ${JUNK.toString()}`);
    });

    test('discover/bad-certificate: nothing but junk is final', async () => {
      await expect(outcomeOf(`junk@${BASE}`)).resolves.toEqual(fail('discover/bad-certificate'));
    });

    test('one beside a PGP key', async () => {
      await expect(found(`pgp@${BASE}`)).resolves.toBe('dns-address 0');
    });

    test('discover/no-certificate: a PGP key alone is none', async () => {
      await expect(outcomeOf(`only-pgp@${BASE}`)).resolves.toEqual(fail('discover/no-certificate'));
    });

    test.each(['ipkix', 'uri'])('one behind a URL, in a record of type %s', async (local) => {
      await expect(found(`${local}@${BASE}`)).resolves.toBe('dns-address 0');
    });

    test('one at a local part with a dot, and one at its alias', async () => {
      await expect(found(`first.last@${BASE}`)).resolves.toBe('dns-address 0');
      await expect(found(`First.LAST@${BASE}`)).resolves.toBe('dns-address 0');
      await expect(found(`renamed@${BASE}`)).resolves.toBe('dns-address 0');
    });

    test('discover/no-certificate: the root as server says that there is no LDAP', async () => {
      const { looks, outcome } = await look(`any@none.${BASE}`);
      expect(outcome).toEqual(fail('discover/no-certificate'));
      expect(looks.map(({ stage }) => stage)).toEqual([
        'dns-address',
        'dns-domain',
        'ldap-servers',
      ]);
    });

    test('discover/refused: a name server that does not answer for a zone is not "none"', async () => {
      await expect(outcomeOf('any@elsewhere.example')).resolves.toEqual(fail('discover/refused'));
    });
  });

  describe('in LDAP', () => {
    test('in a second entry, in a second context, where the first has neither', async () => {
      const { looks, outcome } = await look(`bare@people.${BASE}`);
      expect(outcome).toEqual(
        done({ stage: 'ldap-address', certificates: [world.certificates[0]] }),
      );
      expect(looks.filter(({ stage }) => stage === 'ldap-address')).toMatchObject([
        { found: 2 },
        { name: expect.stringContaining('ou=empty'), found: 0 },
        { name: expect.stringContaining('ou=people'), found: 1 },
      ]);
    });

    test('under a mail in other letters', async () => {
      await expect(found(`dr.mixed@people.${BASE}`)).resolves.toBe('ldap-address 0');
      await expect(found(`DR.MIXED@PEOPLE.${BASE}`)).resolves.toBe('ldap-address 0');
    });

    test('several values of one entry', async () => {
      await expect(found(`several@people.${BASE}`)).resolves.toBe('ldap-address 0 1');
    });

    test('one beside junk, and discover/bad-certificate for junk alone', async () => {
      const mixed = `ldap-address 0 ${JUNK.toString()}`;
      await expect(found(`mixed@people.${BASE}`)).resolves.toBe(mixed);
      await expect(found(`junk@people.${BASE}`)).resolves.toBe('discover/bad-certificate');
    });

    test('that of the domain, for an address that nobody has', async () => {
      await expect(found(`nobody@people.${BASE}`)).resolves.toBe('ldap-domain 1');
    });

    test('at a server whose name is an alias', async () => {
      await expect(found(`any@aliased.${BASE}`)).resolves.toBe('ldap-address 1');
    });

    test('at the second server, when the first refuses strangers', async () => {
      await expect(found(`any@second.${BASE}`)).resolves.toBe('ldap-address 1');
    });

    test('discover/ldap-refused: it refuses strangers', async () => {
      await expect(found(`any@shut.${BASE}`)).resolves.toBe('discover/ldap-refused');
    });

    test('discover/ldap-malformed: more entries than it may give', async () => {
      await expect(found(`any@narrow.${BASE}`)).resolves.toBe('discover/ldap-malformed');
    });

    test('discover/ldap-unreachable: nobody listens', async () => {
      await expect(found(`any@dead.${BASE}`)).resolves.toBe('discover/ldap-unreachable');
    });
  });
});
