import { beforeEach, expect, test } from '@jest/globals';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { later } from '../../shared/clock.ts';
import { PKIX } from '../../shared/discover/dns-cert.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { readCertificate } from '../../shared/trust/certificate.ts';
import { recipientOf } from '../../shared/trust/recipient.ts';
import { valueOf } from '../secure/support/people.ts';
import { memoryCache } from '../support/memory/cache.ts';
import { memoryDirectory, type MemoryDirectory } from '../support/memory/directory.ts';
import { memoryFetch, type MemoryFetch } from '../support/memory/fetch.ts';
import { cachedAuthority, issueQuickly, type Authority } from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org' as DirectAddress;
const LIST = 'http://pki.example.org/anchor.crl';
const DAY_SECONDS = 86_400;

let now: Date;
let authority: Authority;
let certificate: Uint8Array;
let directory: MemoryDirectory;
let web: MemoryFetch;
/** What comes of the address now: how many look-ups, and the word or the refusal. */
let outcome: () => Promise<readonly [looks: number, word: string]>;

beforeEach(async () => {
  now = new Date('2026-03-01T12:00:00Z');
  authority = await cachedAuthority();
  ({ certificate } = await issueQuickly(authority, {
    address: ADDRESS,
    crlUrls: [LIST],
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
  }));
  directory = memoryDirectory();
  directory.set('dr.direct.example.org', [{ type: PKIX, data: certificate }], DAY_SECONDS);
  web = memoryFetch();
  const ports = {
    directory,
    fetch: web.fetch,
    cache: memoryCache(() => now),
    now: () => now,
    anchors: async () => anchorsOf({ anchors: [authority.certificatePem] }),
    settings: {
      discovery: { deadlineSeconds: 8, stripTags: false, dnsTransport: 'udp-first' },
      trust: { domains: {} },
    },
  } as const;
  outcome = async () => {
    const { looks, outcome: found } = await recipientOf(ADDRESS, ports);
    return [looks.length, found.ok ? found.value.revocation : found.failure.code];
  };
});

const listFor = (hours: number, revoked: readonly Uint8Array[] = []): Uint8Array =>
  makeRevocationList(authority, {
    thisUpdate: now,
    nextUpdate: later(now, hours * 3600),
    revoked: revoked.map((serial) => ({ serial, at: now })),
  });

test('what is known of an address is asked anew whether it was revoked', async () => {
  web.set(LIST, listFor(1));
  expect(await outcome()).toEqual([1, 'good']);
  now = later(now, 3599);
  expect(await outcome()).toEqual([0, 'good']);
  expect(web.asked).toHaveLength(1);

  now = later(now, 10);
  const { serial } = valueOf(readCertificate(certificate));
  web.set(LIST, listFor(1, [Buffer.from(serial, 'hex')]));
  expect(await outcome()).toEqual([0, 'trust/revoked']);
  expect(web.asked).toHaveLength(2);
});

test('trust/revocation-unknown: a list that has run out is not used because it was once good', async () => {
  web.set(LIST, listFor(1));
  expect(await outcome()).toEqual([1, 'good']);
  web.break(LIST, 'unreachable');
  now = later(now, 3601);
  expect(await outcome()).toEqual([0, 'trust/revocation-unknown']);
});
