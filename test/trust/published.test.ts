import { beforeAll, describe, expect, test } from '@jest/globals';
import { PKIX } from '../../shared/discover/dns-cert.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { readCertificate, type Certificate } from '../../shared/trust/certificate.ts';
import {
  checkOwnCertificate,
  checkPublished,
  type StrangerPorts,
} from '../../shared/trust/published.ts';
import { memoryDirectory, type MemoryDirectory } from '../support/memory/directory.ts';
import { memoryFetch } from '../support/memory/fetch.ts';
import { memoryLdap } from '../support/memory/ldap.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../support/pki.ts';

const ADDRESS = 'records@holder.example' as DirectAddress;
const NOW = new Date('2026-06-01T12:00:00Z');
const VALID = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2026-12-01T00:00:00Z'),
};

type Kind = 'ours' | 'another' | 'expired' | 'soon' | 'strange' | 'signs' | 'unsure';
let certificates: Record<Kind, Certificate>;
let anchors: readonly Certificate[];
beforeAll(async () => {
  const authority = await cachedAuthority();
  const issued = async (options: IssueOptions = {}, from = authority) =>
    certificateOf(
      (await issueQuickly(from, { address: ADDRESS, ...VALID, ...options })).certificate,
    );
  anchors = [certificateOf(authority.certificate)];
  certificates = {
    ours: await issued(),
    another: await issued({ notAfter: new Date('2026-08-01T00:00:00Z') }),
    expired: await issued({ notAfter: new Date('2026-05-31T00:00:00Z') }),
    soon: await issued({ notAfter: new Date('2026-07-01T11:59:59Z') }),
    strange: await issued({}, await cachedAuthority('Unknown Anchor')),
    signs: await issued({ keyUsage: ['digitalSignature'] }),
    unsure: await issued({ crlUrls: ['http://crl.holder.example/authority.crl'] }),
  };
});

function certificateOf(der: Uint8Array): Certificate {
  const read = readCertificate(der);
  if (!read.ok) throw new Error(read.failure.code);
  return read.value;
}

interface World extends StrangerPorts {
  readonly directory: MemoryDirectory;
  /** URLs. */
  readonly asked: () => readonly string[];
}

function worldWith(...kinds: readonly Kind[]): World {
  const directory = memoryDirectory();
  publishIn(directory, 'records.holder.example', kinds);
  const { fetch, asked } = memoryFetch();
  return {
    directory,
    ldap: memoryLdap(),
    fetch,
    anchors,
    now: () => NOW,
    asked: () => asked.map(({ url }) => url),
  };
}

const publishIn = (directory: MemoryDirectory, name: string, kinds: readonly Kind[]) =>
  directory.set(
    name,
    kinds.map((kind) => ({ type: PKIX, data: certificates[kind].der })),
  );

const check = (world: World, kind: Kind = 'ours') =>
  checkPublished({ address: ADDRESS, certificate: certificates[kind] }, world);

describe('our published certificate', () => {
  test('is found and trusted by a stranger with our anchors', async () => {
    const answer = await check(worldWith('ours'));
    expect(answer).toMatchObject({
      stranger: { ok: true, value: { stage: 'dns-address', daysLeft: 182 } },
      isOurs: true,
      expiresSoon: false,
    });
    expect(answer.hostings.map(({ id, finding }) => `${id} ${finding}`)).toEqual([
      'H1 published',
      'H2 not-there',
      'H3 not-there',
      'H4 not-there',
    ]);
  });

  test('is not what they encrypt to when another comes first', async () => {
    const world = worldWith('another');
    publishIn(world.directory, 'holder.example', ['ours']);
    expect(await check(world)).toMatchObject({ stranger: { ok: true }, isOurs: false });
  });

  test.each<[string, readonly Kind[], string]>([
    ['nowhere', [], 'discover/no-certificate'],
    ['out of its time', ['expired'], 'trust/expired'],
    ['of an authority that they do not know', ['strange'], 'trust/no-anchor'],
    ['one that only signs', ['signs'], 'trust/key-usage'],
    ['one of which nobody says whether it was revoked', ['unsure'], 'trust/revocation-unknown'],
  ])('stops strangers when it is %s', async (_, kinds, code) => {
    const { stranger, isOurs } = await check(worldWith(...kinds), kinds[0]);
    expect([stranger, isOurs]).toMatchObject([{ ok: false, failure: { code } }, false]);
  });

  test('is looked up in the lists of its issuer', async () => {
    const world = worldWith('unsure');
    await check(world, 'unsure');
    expect(world.asked()).toContain('http://crl.holder.example/authority.crl');
  });

  test.each<[Kind, boolean]>([
    ['soon', true],
    ['ours', false],
    ['expired', true],
  ])('expires soon or not: %s', async (kind, expiresSoon) => {
    expect(await check(worldWith(kind), kind)).toMatchObject({ expiresSoon });
  });

  test('is asked for anew: nothing is remembered from one time to the next', async () => {
    const world = worldWith('ours');
    expect((await check(world)).isOurs).toBe(true);
    publishIn(world.directory, 'records.holder.example', []);
    expect((await check(world)).isOurs).toBe(false);
  });
});

describe('the daily look at an address of ours', () => {
  test('counts what is found, and the days of the first that runs out', async () => {
    expect(await checkOwnCertificate(ADDRESS, worldWith('ours', 'another', 'expired'))).toEqual({
      ok: true,
      value: { count: 2, daysLeft: 60 },
    });
  });

  test.each<[string, readonly Kind[]]>([
    ['discover/no-certificate', []],
    ['trust/expired', ['expired']],
    ['trust/no-anchor', ['strange']],
  ])('%s', async (code, kinds) => {
    expect(await checkOwnCertificate(ADDRESS, worldWith(...kinds))).toEqual({
      ok: false,
      failure: { code },
    });
  });

  test('discover/unreachable: a directory that fails is not one that has nothing', async () => {
    const world = worldWith('ours');
    world.directory.break('records.holder.example', 'discover/unreachable');
    expect(await checkOwnCertificate(ADDRESS, world)).toMatchObject({
      failure: { code: 'discover/unreachable' },
    });
  });
});
