import { createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FailureCode } from '../../shared/failures.ts';
import { sha256, type DirectAddress } from '../../shared/ids.ts';
import { fail } from '../../shared/outcome.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import type { Certificate } from '../../shared/trust/certificate.ts';
import type { Purpose } from '../../shared/trust/checks/key-usage.ts';
import { trust, type TrustAnswer } from '../../shared/trust/trust.ts';
import {
  cachedAuthority,
  cachedKeys,
  EMAIL_PROTECTION,
  issueQuickly,
  pemOf,
  withBrokenSignature,
  type Authority,
  type IssueOptions,
} from '../support/pki.ts';

const ADDRESS = 'Dr.Jones@direct.example.org' as DirectAddress;
const DOMAIN = 'direct.example.org';
const NOW = new Date('2026-03-01T12:00:00.000Z');
const VALID = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
};
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const NULL_DER = Uint8Array.of(5, 0);

let authority: Authority;
let anchors: readonly Certificate[];
beforeAll(async () => {
  authority = await cachedAuthority();
  anchors = anchorsOf({ anchors: [authority.certificatePem] });
});

const certify = async (options: IssueOptions): Promise<Uint8Array> =>
  (await issueQuickly(authority, { address: ADDRESS, ...VALID, ...options })).certificate;

const judge = (
  certificates: readonly Uint8Array[],
  purpose: Purpose = 'encryption',
  now = NOW,
): Promise<TrustAnswer> => trust(ADDRESS, certificates, purpose, { anchors, now });

const codeOf = async (answer: Promise<TrustAnswer>): Promise<FailureCode | 'trusted'> => {
  const { outcome } = await answer;
  return outcome.ok ? 'trusted' : outcome.failure.code;
};

describe('a certificate that is trusted', () => {
  test.each<[string, IssueOptions, 'mailbox' | 'service']>([
    ['bound to the address', {}, 'mailbox'],
    ['bound to the address in another case', { address: 'dr.jones@DIRECT.example.org' }, 'mailbox'],
    ['bound to the domain', { san: [{ dnsName: 'Direct.Example.Org' }] }, 'service'],
    [
      'of another mailbox, but of the right domain',
      { san: [{ rfc822Name: 'x@y.org' }, { dnsName: DOMAIN }] },
      'service',
    ],
    ['without key usage and extended key usage', { keyUsage: [], extendedKeyUsage: [] }, 'mailbox'],
    ['for key encipherment only', { keyUsage: ['keyEncipherment'] }, 'mailbox'],
    ['for mail among other ends', { extendedKeyUsage: [CLIENT_AUTH, EMAIL_PROTECTION] }, 'mailbox'],
    ['for any end', { extendedKeyUsage: ['2.5.29.37.0'] }, 'mailbox'],
    ['signed with SHA-512', { hash: 'sha512' }, 'mailbox'],
    ['signed by RSASSA-PSS', { pss: true, hash: 'sha384' }, 'mailbox'],
    ['valid for one instant, which is now', { notBefore: NOW, notAfter: NOW }, 'mailbox'],
    ['with an unknown extension that is not critical', unknownExtension(false), 'mailbox'],
    ['with a key identifier of nobody', { authorityKeyId: Uint8Array.of(1, 2) }, 'mailbox'],
  ])('may be %s', async (_, options, proved) => {
    const der = await certify(options);
    const { outcome, rejected } = await judge([der]);
    expect(outcome).toMatchObject({ ok: true, value: { proved } });
    expect(rejected).toEqual([]);
  });

  test('may for a signature have an elliptic curve key, or be for signatures only', async () => {
    const ec = await certify({ ec: 'P-256' });
    const single = await certify({ keyUsage: ['digitalSignature'] });
    expect(await codeOf(judge([ec], 'signature'))).toBe('trusted');
    expect(await codeOf(judge([single], 'signature'))).toBe('trusted');
  });

  test('may be an anchor itself, whoever signed it', async () => {
    const stranger = await cachedAuthority('Stranger');
    const { certificate } = await issueQuickly(stranger, {
      address: ADDRESS,
      ...VALID,
      hash: 'sha1',
    });
    const own = anchorsOf({ anchors: [pemOf(certificate)] });
    expect(
      await codeOf(trust(ADDRESS, [certificate], 'encryption', { anchors: own, now: NOW })),
    ).toBe('trusted');
  });

  test('counts the seconds at both ends of its time as within', async () => {
    const der = await certify({});
    const at = (iso: string) => codeOf(judge([der], 'encryption', new Date(iso)));
    expect(await at('2026-01-01T00:00:00.000Z')).toBe('trusted');
    expect(await at('2027-01-01T00:00:00.999Z')).toBe('trusted');
  });
});

describe('a certificate that is refused', () => {
  test.each<[FailureCode, string, IssueOptions, Purpose?]>([
    ['trust/wrong-address', 'another mailbox', { address: 'dr.smith@direct.example.org' }],
    ['trust/wrong-address', 'the mailbox without its dot', { address: `DrJones@${DOMAIN}` }],
    ['trust/wrong-address', 'the parent domain', { san: [{ dnsName: 'example.org' }] }],
    ['trust/wrong-address', 'a wildcard', { san: [{ dnsName: '*.example.org' }] }],
    ['trust/wrong-address', 'a sibling domain', { san: [{ dnsName: `x${DOMAIN}` }] }],
    ['trust/wrong-address', 'the domain as a mailbox name', { san: [{ rfc822Name: DOMAIN }] }],
    ['trust/wrong-address', 'the address as a domain name', { san: [{ dnsName: ADDRESS }] }],
    ['trust/wrong-address', 'only a subject that names it', { name: ADDRESS, san: [] }],
    ['trust/unsupported', 'an unknown critical extension', unknownExtension(true)],
    ['trust/malformed', 'name constraints that name nothing', restricting('2.5.29.30')],
    ['trust/malformed', 'policy constraints that ask for nothing', restricting('2.5.29.36')],
    ['trust/malformed', 'an inhibited any-policy without a number', restricting('2.5.29.54')],
    ['trust/weak-key', 'RSA of 1024 bits', { bits: 1024 }],
    ['trust/weak-key', 'RSA of 2047 bits', { bits: 2047 }],
    ['trust/weak-key', 'a curve, which cannot be encrypted to', { ec: 'P-256' }],
    ['trust/weak-signature', 'a SHA-1 signature', { hash: 'sha1' }],
    ['trust/weak-signature', 'an MD5 signature', { hash: 'md5' }],
    ['trust/unsupported', 'a SHA-1 signature by PSS', { hash: 'sha1', pss: true }],
    ['trust/key-usage', 'a key for signatures only', { keyUsage: ['digitalSignature'] }],
    [
      'trust/key-usage',
      'a key for encryption only',
      { keyUsage: ['keyEncipherment'] },
      'signature',
    ],
    ['trust/key-usage', 'other ends than mail', { extendedKeyUsage: [CLIENT_AUTH] }],
    [
      'trust/key-usage',
      'a key that signs certificates without being an authority',
      { keyUsage: ['keyEncipherment', 'keyCertSign'] },
    ],
    ['trust/malformed', 'an extension twice', twice('2.5.29.14')],
    ['trust/malformed', 'a name with a zero octet', { address: `${ADDRESS}\0.evil.test` }],
    ['trust/malformed', 'a name beyond ASCII', { san: [{ dnsName: 'dïrect.example.org' }] }],
    ['trust/wrong-address', 'alternative names of which there are none', emptyList('2.5.29.17')],
    ['trust/malformed', 'an empty extended key usage', emptyList('2.5.29.37')],
  ])('%s: %s', async (code, _, options, purpose = 'encryption') => {
    const der = await certify(options);
    const { outcome, rejected } = await judge([der], purpose);
    expect(outcome).toEqual(fail(code));
    expect(rejected).toEqual([{ fingerprint: sha256(der), code }]);
  });

  test('trust/weak-key: an RSA exponent of one, with which the ciphertext is the plaintext', async () => {
    const { publicKey, privateKey } = await cachedKeys('leaf');
    const { n = '' } = publicKey.export({ format: 'jwk' });
    const plain = createPublicKey({ key: { kty: 'RSA', n, e: 'AQ' }, format: 'jwk' });
    const der = await certify({ keys: { publicKey: plain, privateKey } });
    expect(await codeOf(judge([der]))).toBe('trust/weak-key');
  });

  test('trust/expired: one second past notAfter', async () => {
    const answer = judge([await certify({})], 'encryption', new Date('2027-01-01T00:00:01Z'));
    expect(await codeOf(answer)).toBe('trust/expired');
  });

  test('trust/expired: at a time that is none', async () => {
    expect(await codeOf(judge([await certify({})], 'encryption', new Date(Number.NaN)))).toBe(
      'trust/expired',
    );
  });

  test('trust/not-yet-valid: a thousandth of a second before notBefore', async () => {
    const answer = judge([await certify({})], 'encryption', new Date('2025-12-31T23:59:59.999Z'));
    expect(await codeOf(answer)).toBe('trust/not-yet-valid');
  });

  test('trust/no-anchor: issued by an authority that is no anchor', async () => {
    const stranger = await cachedAuthority('Stranger');
    const { certificate } = await issueQuickly(stranger, { address: ADDRESS, ...VALID });
    expect(await codeOf(judge([certificate, stranger.certificate]))).toBe('trust/no-anchor');
  });

  test('trust/no-anchor: no anchor is configured', async () => {
    const options = { anchors: [], now: NOW };
    const answer = trust(ADDRESS, [await certify({})], 'encryption', options);
    expect(await codeOf(answer)).toBe('trust/no-anchor');
  });

  test('trust/key-usage: the authority, be it an anchor, is restricted to other ends than mail', async () => {
    const keys = await cachedKeys('authority Web');
    const web = await issueQuickly(authority, {
      name: 'Web',
      ca: true,
      extendedKeyUsage: [CLIENT_AUTH],
      keys,
      ...VALID,
    });
    const { certificate } = await issueQuickly(web, { address: ADDRESS, ...VALID });
    expect(await codeOf(judge([certificate, web.certificate]))).toBe('trust/key-usage');
    const own = anchorsOf({ anchors: [web.certificatePem] });
    const answer = trust(ADDRESS, [certificate], 'encryption', { anchors: own, now: NOW });
    expect(await codeOf(answer)).toBe('trust/key-usage');
  });

  test('trust/bad-signature: one bit of the signature is turned', async () => {
    expect(await codeOf(judge([withBrokenSignature(await certify({}))]))).toBe(
      'trust/bad-signature',
    );
  });

  test('trust/no-anchor: a self-made certificate with the key identifier of the anchor', async () => {
    const { subjectKeyId } = anchors[0]!;
    const stranger = await cachedAuthority('Stranger');
    const { certificate } = await issueQuickly(stranger, {
      address: ADDRESS,
      ...VALID,
      subjectKeyId: Buffer.from(subjectKeyId!, 'hex'),
    });
    expect(await codeOf(judge([certificate]))).toBe('trust/no-anchor');
  });

  test('trust/bad-signature: issued under the name of the anchor by another key', async () => {
    const { privateKey } = await cachedKeys('impostor');
    const impostor = { ...authority, privateKey };
    const { certificate } = await issueQuickly(impostor, { address: ADDRESS, ...VALID });
    expect(await codeOf(judge([certificate]))).toBe('trust/bad-signature');
  });

  test('discover/no-certificate: none is given', async () => {
    expect(await judge([])).toEqual({ outcome: fail('discover/no-certificate'), rejected: [] });
  });
});

describe('several certificates', () => {
  test('are all kept when they are good, and each other one is named with its reason', async () => {
    const good = await certify({});
    const other = await certify({ hash: 'sha384' });
    const expired = await certify({ notAfter: new Date('2026-02-01T00:00:00Z') });
    const junk = Uint8Array.of(1, 2, 3);
    const { outcome, rejected } = await judge([junk, expired, good, other, good]);
    expect(outcome.ok && outcome.value.certificates.map(({ der }) => der)).toEqual([good, other]);
    expect(rejected).toEqual([
      { fingerprint: sha256(junk), code: 'trust/malformed' },
      { fingerprint: sha256(expired), code: 'trust/expired' },
    ]);
  });

  test('prove the mailbox only when each of them does', async () => {
    const mailbox = await certify({});
    const service = await certify({ san: [{ dnsName: DOMAIN }] });
    expect((await judge([mailbox, service])).outcome).toMatchObject({
      value: { proved: 'service' },
    });
    expect((await judge([mailbox])).outcome).toMatchObject({ value: { proved: 'mailbox' } });
  });

  test('name an organisation only when each of them names the same', async () => {
    const clinic = await certify({ organization: 'Example Clinic' });
    const again = await certify({ organization: 'Example Clinic', hash: 'sha512' });
    const nobody = await certify({});
    const named = { value: { organization: 'Example Clinic' } };
    expect((await judge([clinic, again])).outcome).toMatchObject(named);
    expect((await judge([clinic, nobody])).outcome).not.toMatchObject(named);
  });

  test('give, when all are refused, the reason of the one that came furthest', async () => {
    const elsewhere = await certify({ address: 'x@example.org' });
    const weak = await certify({ hash: 'sha1' });
    const expired = await certify({ notAfter: new Date('2026-02-01T00:00:00Z') });
    expect(await codeOf(judge([elsewhere, expired]))).toBe('trust/expired');
    expect(await codeOf(judge([elsewhere, expired, weak]))).toBe('trust/weak-signature');
    const stranger = await cachedAuthority('Stranger');
    const { certificate } = await issueQuickly(stranger, { address: ADDRESS, ...VALID });
    expect(await codeOf(judge([expired, certificate]))).toBe('trust/no-anchor');
  });

  test('beyond fifty are not looked at', async () => {
    const junk = Array.from({ length: 50 }, (_, index) => Uint8Array.of(index));
    const { outcome, rejected } = await judge([...junk, await certify({})]);
    expect(outcome).toEqual(fail('trust/malformed'));
    expect(rejected).toHaveLength(50);
  });
});

function unknownExtension(critical: boolean): IssueOptions {
  return { extraExtensions: [{ oid: '1.3.6.1.4.1.99999.1', critical, value: NULL_DER }] };
}

function restricting(oid: string): IssueOptions {
  return { extraExtensions: [{ oid, value: Uint8Array.of(0x30, 0) }] };
}

function twice(oid: string): IssueOptions {
  return { extraExtensions: [{ oid, value: Uint8Array.of(4, 1, 0) }] };
}

/** In the place of what would be there. */
function emptyList(oid: string): IssueOptions {
  const instead = oid === '2.5.29.17' ? { san: [] } : { extendedKeyUsage: [] };
  return { ...instead, extraExtensions: [{ oid, value: Uint8Array.of(0x30, 0) }] };
}
