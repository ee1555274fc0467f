import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDnsServer, type DnsServer } from '../../../infra/local/world/dns-server.ts';

const LDAP = { priority: 10, weight: 5, port: 1389, target: 'ldap.clinic.example' };

/** Asked with Node's own resolver, which knows SRV. */
describe('the services of a domain in the local DNS', () => {
  let dns: DnsServer;
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  beforeAll(async () => {
    const certificate = Uint8Array.of(0x30, 0);
    dns = await startDnsServer({
      records: {
        '_ldap._tcp.Clinic.example': [LDAP, { ...LDAP, priority: 20 }],
        '_ldap._tcp.mixed.example': [certificate, LDAP],
        'clinic.example': [certificate],
      },
    });
    resolver.setServers([dns.address]);
  });
  afterAll(() => dns.close());

  test('are found as they were published, whatever the case of the name', async () => {
    const found = await resolver.resolveSrv('_LDAP._tcp.clinic.example');
    const first = { priority: 10, weight: 5, port: 1389, name: 'ldap.clinic.example' };
    expect(found).toMatchObject([first, { ...first, priority: 20 }]);
  });

  test('stand beside certificates, and each is found by its own type', async () => {
    expect(await resolver.resolveSrv('_ldap._tcp.mixed.example')).toHaveLength(1);
  });

  test.each([
    ['a name without a service', 'clinic.example', 'ENODATA'],
    ['no such name', '_ldap._tcp.nowhere.example', 'ENOTFOUND'],
  ])('are told from their absence: %s', async (_, name, code) => {
    await expect(resolver.resolveSrv(name)).rejects.toMatchObject({ code });
  });

  test('that are taken back are gone', async () => {
    dns.set('_ldap._tcp.late.example', [LDAP]);
    expect(await resolver.resolveSrv('_ldap._tcp.late.example')).toHaveLength(1);
    dns.set('_ldap._tcp.late.example', []);
    await expect(resolver.resolveSrv('_ldap._tcp.late.example')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });
});
