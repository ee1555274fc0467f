import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, DecodedPacket, Packet, StringAnswer } from 'dns-packet';
import { dnsDirectory } from '../../shared/adapters/dns.ts';
import { ldapClient } from '../../shared/adapters/ldap.ts';
import { discover } from '../../shared/discover/discover.ts';
import type { DiscoverAnswer } from '../../shared/discover/discovery.ts';
import { done, fail } from '../../shared/outcome.ts';
import { fakeDns, reply } from '../support/fake-dns.ts';
import { fakeLdap, honestly, type LdapContents } from '../support/fake-ldap.ts';
import { ADDRESS, certificateFor, SERVERS } from './world.ts';

const LOOPBACK = '127.0.0.1';

let own: Uint8Array;
let contents: LdapContents;
beforeAll(async () => {
  own = await certificateFor({ address: ADDRESS });
  const entries = [{ context: 'ou=one', mail: ADDRESS, certificates: [own] }];
  contents = { contexts: ['ou=one'], entries };
});

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const service = (target: string, port: number, priority = 0): Answer => ({
  type: 'SRV',
  name: SERVERS,
  ttl: 60,
  data: { priority, weight: 0, port, target },
});

/** A name server that has the records it is given and no other name, and discovery as it runs in a function. */
async function lookUp(
  records: (ldapPort: number) => readonly Answer[],
  options = {},
): Promise<DiscoverAnswer> {
  const ldapServer = await fakeLdap(honestly(contents));
  const answers = records(ldapServer.port);
  const dns = await fakeDns({ udp: (query) => reply(query, packetFor(query, answers)) });
  servers.push(ldapServer, dns);
  const resolvers = dns.address;
  return discover(ADDRESS, {
    directory: dnsDirectory({ resolvers, timeoutMs: 500 }),
    ldap: ldapClient({ loopback: true, resolvers, ...options }),
    now: () => new Date(),
  });
}

/** With the aliases of the name, as a resolver answers. */
function packetFor(query: DecodedPacket, records: readonly Answer[]): Packet {
  const { name, type } = query.questions![0]!;
  const here = records.filter((each) => each.name.toLowerCase() === name.toLowerCase());
  const alias = here.find((each): each is StringAnswer => each.type === 'CNAME');
  if (alias) {
    const beyond = packetFor({ ...query, questions: [{ name: alias.data, type }] }, records);
    return { answers: [alias, ...(beyond.answers ?? [])] };
  }
  const answers = here.filter((each) => each.type === type);
  return here.length > 0 ? { answers } : { flags: 3 };
}

const address = (name: string, data: string): Answer => ({ type: 'A', name, ttl: 60, data });

describe('discovery over DNS and LDAP as they are', () => {
  test('finds the server behind an alias', async () => {
    const { outcome } = await lookUp((port) => [
      service('alias.example.org', port),
      { type: 'CNAME', name: 'alias.example.org', ttl: 60, data: 'ldap.example.org' },
      address('ldap.example.org', LOOPBACK),
    ]);
    expect(outcome).toEqual(done({ stage: 'ldap-address', certificates: [own] }));
  });

  test('passes over a server whose name nobody has', async () => {
    const { outcome, looks } = await lookUp((port) => [
      service('gone.example.org', port),
      service(LOOPBACK, port, 1),
    ]);
    expect(outcome.ok).toBe(true);
    expect(looks.map(({ code }) => code)).toContain('discover/ldap-unreachable');
  });

  test.each<[string, string, (port: number) => readonly Answer[]]>([
    ['discover/ldap-unreachable', 'only one whose name nobody has', (port) => [service('x', port)]],
    ['discover/no-certificate', 'the root as target', (port) => [service('.', port)]],
    ['discover/ldap-blocked', 'port 0', () => [service(LOOPBACK, 0)]],
    [
      'discover/ldap-blocked',
      'a name in the inner network',
      (port) => [service('inner.example.org', port), address('inner.example.org', '10.0.0.1')],
    ],
  ])('%s: %s', async (code, _, records) => {
    expect((await lookUp(records)).outcome).toEqual(fail(code as 'discover/ldap-blocked'));
  });

  test('discover/ldap-blocked: loopback, where it is not open', async () => {
    const { outcome } = await lookUp((port) => [service(LOOPBACK, port)], { loopback: false });
    expect(outcome).toEqual(fail('discover/ldap-blocked'));
  });
});
