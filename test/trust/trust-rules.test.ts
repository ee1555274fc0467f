import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { readCertificate, type Certificate } from '../../shared/trust/certificate.ts';
import type { Purpose } from '../../shared/trust/checks/key-usage.ts';
import { STRICT, type TrustRules } from '../../shared/trust/rules.ts';
import { trust, type TrustAnswer } from '../../shared/trust/trust.ts';
import { memoryCache } from '../support/memory/cache.ts';
import { memoryFetch, type MemoryFetch } from '../support/memory/fetch.ts';
import { cachedAuthority, issueQuickly, makeAuthority, type Authority } from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org' as DirectAddress;
const LIST = 'http://pki.example.org/anchor.crl';

let authority: Authority;
let anchors: readonly Certificate[];
/** Names where it may be asked about, and not. */
let asking: Uint8Array;
let silent: Uint8Array;
beforeAll(async () => {
  authority = await cachedAuthority();
  anchors = anchorsOf({ anchors: [authority.certificatePem] });
  asking = (await issueQuickly(authority, { address: ADDRESS, crlUrls: [LIST] })).certificate;
  silent = (await issueQuickly(authority, { address: ADDRESS })).certificate;
});

let web: MemoryFetch;
beforeEach(() => {
  web = memoryFetch();
});

const judged = (
  certificates: readonly Uint8Array[],
  rules: Partial<TrustRules> = {},
  purpose: Purpose = 'encryption',
): Promise<TrustAnswer> =>
  trust(ADDRESS, certificates, purpose, {
    anchors,
    now: new Date(),
    rules: { ...STRICT, ...rules },
    sources: {
      fetch: web.fetch,
      cache: memoryCache(() => new Date()),
      within: AbortSignal.timeout(5000),
    },
  });

/** How the certificates stand, or why they may not be used. */
async function wordFor(...given: Parameters<typeof judged>): Promise<string> {
  const { outcome } = await judged(...given);
  return outcome.ok ? outcome.value.revocation : outcome.failure.code;
}

const serialOf = (der: Uint8Array): Uint8Array => {
  const read = readCertificate(der);
  return Buffer.from(read.ok ? read.value.serial : '', 'hex');
};

describe('a certificate that names a revocation list', () => {
  test('is good when the list does not name it', async () => {
    web.set(LIST, makeRevocationList(authority));
    expect(await wordFor([asking])).toBe('good');
  });

  test('trust/revoked: when the list does, also where no answer would be no obstacle', async () => {
    const revoked = [{ serial: serialOf(asking), at: new Date() }];
    web.set(LIST, makeRevocationList(authority, { revoked }));
    expect(await wordFor([asking])).toBe('trust/revoked');
    expect(await wordFor([asking], { revocation: 'soft-fail' })).toBe('trust/revoked');
  });

  test('trust/revocation-unknown: when the list is not to be had, unless the rules let it pass', async () => {
    web.break(LIST, 'unreachable');
    expect(await wordFor([asking])).toBe('trust/revocation-unknown');
    expect(await wordFor([asking], { revocation: 'soft-fail' })).toBe('unknown');
  });
});

test('trust/blocked-source: waiting helps nobody when the only list lies where nothing may be asked', async () => {
  web.break(LIST, 'blocked');
  expect(await wordFor([asking])).toBe('trust/blocked-source');
  expect(await wordFor([asking], { revocation: 'soft-fail' })).toBe('unknown');
});

describe('a certificate that names none', () => {
  test('is taken and that is said, unless an answer is required', async () => {
    expect(await wordFor([silent])).toBe('not-named');
    expect(await wordFor([silent], { revocation: 'required' })).toBe('trust/revocation-unknown');
  });

  test('is what is said of several, when another is known to be good', async () => {
    web.set(LIST, makeRevocationList(authority));
    expect(await wordFor([asking, silent])).toBe('not-named');
  });
});

describe('a certificate that leads to no anchor', () => {
  test('may by rule be encrypted to, and its signature is believed by none', async () => {
    const stranger = await cachedAuthority('Stranger');
    const { certificate } = await issueQuickly(stranger, { address: ADDRESS });
    const set = [certificate, stranger.certificate];
    expect(await wordFor(set)).toBe('trust/no-anchor');
    expect(await wordFor(set, { policy: 'any-valid' })).toBe('not-named');
    expect(await wordFor(set, { policy: 'any-valid' }, 'signature')).toBe('trust/no-anchor');
  });

  test('is not called good where it signed itself: there is nobody to ask', async () => {
    const options = { name: 'Self', address: ADDRESS, crlUrls: [LIST], keyUsage: [] };
    const { certificate } = await makeAuthority(options);
    web.set(LIST, makeRevocationList(authority));
    const rules = { policy: 'any-valid' } as const;
    expect(await wordFor([certificate], rules)).toBe('not-named');
    const required = { ...rules, revocation: 'required' } as const;
    expect(await wordFor([certificate], required)).toBe('trust/revocation-unknown');
    expect(await wordFor([certificate], { ...rules, revocation: 'off' })).toBe('off');
  });
});
