import { beforeAll, describe, expect, test } from '@jest/globals';
import { PKIX } from '../../shared/discover/dns-cert.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { readCertificate, type Certificate } from '../../shared/trust/certificate.ts';
import { hostingsOf, type Hosting } from '../../shared/trust/hosting.ts';
import { memoryDirectory } from '../support/memory/directory.ts';
import { memoryFetch } from '../support/memory/fetch.ts';
import { memoryLdap } from '../support/memory/ldap.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../support/pki.ts';

const ADDRESS = 'records@holder.example' as DirectAddress;
const NOW = new Date('2026-06-01T00:00:00Z');
const VALID = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
};

const issued = async (options: IssueOptions): Promise<Uint8Array> =>
  (await issueQuickly(await cachedAuthority(), { ...VALID, ...options })).certificate;

let ours: Certificate;
let ofDomain: Certificate;
let values: Record<
  'ours' | 'ofDomain' | 'another' | 'otherDomain' | 'expired' | 'early' | 'elsewhere' | 'junk',
  Uint8Array
>;
beforeAll(async () => {
  values = {
    ours: await issued({ address: ADDRESS }),
    ofDomain: await issued({ domain: 'holder.example' }),
    another: await issued({ address: ADDRESS }),
    otherDomain: await issued({ domain: 'holder.example' }),
    expired: await issued({ address: ADDRESS, notAfter: new Date('2026-05-31T00:00:00Z') }),
    early: await issued({ address: ADDRESS, notBefore: new Date('2026-06-02T00:00:00Z') }),
    elsewhere: await issued({ address: 'x@holder.example' }),
    junk: Uint8Array.of(1, 2, 3),
  };
  ours = certificateOf(values.ours);
  ofDomain = certificateOf(values.ofDomain);
});

function certificateOf(der: Uint8Array): Certificate {
  const read = readCertificate(der);
  if (!read.ok) throw new Error(read.failure.code);
  return read.value;
}

type Name = keyof typeof values;

interface World {
  readonly H1?: readonly Name[];
  readonly H2?: readonly Name[];
  readonly H3?: readonly Name[];
  readonly H4?: readonly Name[];
}

const der = (names: readonly Name[] = []) => names.map((name) => values[name]);
const records = (names?: readonly Name[]) => der(names).map((data) => ({ type: PKIX, data }));

function worldOf(world: World) {
  const directory = memoryDirectory();
  const ldap = memoryLdap();
  directory.set('records.holder.example', records(world.H1));
  directory.set('holder.example', records(world.H2));
  directory.set('_ldap._tcp.holder.example', [
    { priority: 0, weight: 0, port: 10389, target: 'ldap.holder.example' },
  ]);
  ldap.serve('ldap.holder.example:10389', {
    contexts: ['ou=direct'],
    entries: [
      { context: 'ou=direct', mail: ADDRESS, certificates: der(world.H3) },
      { context: 'ou=direct', mail: 'Holder.example', certificates: der(world.H4) },
    ],
  });
  return { directory, ldap, fetch: memoryFetch().fetch, now: () => NOW };
}

const findings = async (world: ReturnType<typeof worldOf>, certificate = ours) =>
  summaryOf(await hostingsOf({ address: ADDRESS, certificate }, world));

const summaryOf = (hostings: readonly Hosting[]) =>
  hostings.map(({ id, finding, code }) => [id, finding, ...(code ? [code] : [])].join(' '));

describe('the four places where strangers look for us', () => {
  test('are all asked, also behind one that holds something', async () => {
    const both = { H1: ['ours'], H2: ['ofDomain'], H3: ['ours'], H4: ['ofDomain'] } as const;
    expect(await findings(worldOf(both))).toEqual([
      'H1 published',
      'H2 another',
      'H3 published',
      'H4 another',
    ]);
    expect(await findings(worldOf(both), ofDomain)).toEqual([
      'H1 another',
      'H2 published',
      'H3 another',
      'H4 published',
    ]);
  });

  test('may all be empty', async () => {
    expect(await findings(worldOf({}))).toEqual(
      ['H1', 'H2', 'H3', 'H4'].map((id) => `${id} not-there discover/no-certificate`),
    );
  });

  test.each<[string, readonly Name[], string]>([
    ['ours beside others', ['junk', 'expired', 'ours'], 'published'],
    ['another', ['another'], 'another'],
    ['another beside an expired one', ['expired', 'another'], 'another'],
    ['only an expired one', ['expired'], 'expired trust/expired'],
    ['one that is not valid yet', ['early'], 'expired trust/not-yet-valid'],
    ['one of another address', ['elsewhere'], 'wrong-name trust/wrong-address'],
    ['what is no certificate', ['junk'], 'unreadable discover/bad-certificate'],
  ])('under the address: %s', async (_, names, finding) => {
    const [inDns, , inLdap] = await findings(worldOf({ H1: names, H3: names }));
    expect([inDns, inLdap]).toEqual([`H1 ${finding}`, `H3 ${finding}`]);
  });

  test('trust/expired: ours, though a good one of others lies beside it', async () => {
    const world = worldOf({ H1: ['expired', 'another'] });
    expect((await findings(world, certificateOf(values.expired)))[0]).toBe('H1 expired trust/expired'); // prettier-ignore
  });

  test('trust/wrong-address: ours under the domain, when it is bound to one address of it', async () => {
    const [, inDns, , inLdap] = await findings(worldOf({ H2: ['ours'], H4: ['ours'] }));
    expect([inDns, inLdap]).toEqual([
      'H2 wrong-name trust/wrong-address',
      'H4 wrong-name trust/wrong-address',
    ]);
  });

  test('say what failed, each for itself', async () => {
    const world = worldOf({ H2: ['ofDomain'], H3: ['ours'] });
    world.directory.break('records.holder.example', 'discover/unreachable');
    world.ldap.break('ldap.holder.example:10389', 'discover/ldap-refused');
    expect(await findings(world, ofDomain)).toEqual([
      'H1 unanswered discover/unreachable',
      'H2 published',
      'H3 unanswered discover/ldap-refused',
      'H4 unanswered discover/ldap-refused',
    ]);
  });

  test('leave no connection open, and carry what was asked', async () => {
    const world = worldOf({ H3: ['ours'] });
    const hostings = await hostingsOf({ address: ADDRESS, certificate: ours }, world);
    expect(world.ldap.connections()).toBe(0);
    expect(hostings[0]?.looks).toMatchObject([{ name: 'records.holder.example', found: 0 }]);
    expect(hostings[2]?.looks.at(-1)).toMatchObject({ name: expect.stringContaining(ADDRESS), found: 1 }); // prettier-ignore
  });
});
