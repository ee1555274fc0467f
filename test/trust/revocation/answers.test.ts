import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Path } from '../../../shared/trust/path/path.ts';
import { ocspRequestFor } from '../../../shared/trust/revocation/ocsp-request.ts';
import { readOcspResponse } from '../../../shared/trust/revocation/ocsp-response.ts';
import { crlBy, minutesFromNow, NOW } from '../../support/crl.ts';
import {
  ocspBy,
  ocspRefusal,
  type AnswerOptions,
  type ResponseOptions,
} from '../../support/ocsp.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  withBrokenSignature,
  type Authority,
  type Extension,
  type IssueOptions,
} from '../../support/pki.ts';
import { issueValid, judged, pathOf, read, VALID } from './world.ts';

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const NO_CHECK: Extension = { oid: '1.3.6.1.5.5.7.48.1.5', value: Uint8Array.of(5, 0) };
const CRITICAL: Extension = { oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) };
const DAY_MINUTES = 24 * 60;

let anchor: Authority;
let other: Authority;
let path: Path;
let about: Uint8Array;
let sibling: Uint8Array;
beforeAll(async () => {
  anchor = await cachedAuthority();
  other = await cachedAuthority('Other Anchor');
  const leaf = await issueValid(anchor, { address: 'dr@direct.example.org' });
  path = pathOf(leaf, anchor);
  about = leaf.certificate;
  sibling = (await issueValid(anchor, { address: 'other@direct.example.org' })).certificate;
});

const answering = (
  answer: Partial<AnswerOptions> = {},
  response: Partial<ResponseOptions> = {},
): Promise<string> =>
  judged(path, { ocsp: [ocspBy(anchor, { answers: [{ about, ...answer }], ...response })] });

describe('an OCSP answer', () => {
  test.each<[string, string, Partial<AnswerOptions>]>([
    ['good', 'good', {}],
    ['revoked', 'revoked', { status: 'revoked' }],
    ['refused not-known', 'of one who does not know', { status: 'unknown' }],
    ['refused stale', 'that is over by a second', { nextUpdate: minutesFromNow(-1 / 60) }],
    [
      'refused stale',
      'that is over and revoked',
      { status: 'revoked', nextUpdate: minutesFromNow(-1) },
    ],
    ['good', 'that ends this second', { nextUpdate: NOW }],
    ['refused premature', 'of tomorrow', { thisUpdate: minutesFromNow(DAY_MINUTES) }],
    ['good', 'by a clock that is ahead by minutes', { thisUpdate: minutesFromNow(4) }],
    ['good', 'of a day ago without an end', endless(-DAY_MINUTES)],
    ['refused stale', 'of more than a day ago without an end', endless(-DAY_MINUTES - 1)],
    ['good', 'by SHA-256 of the issuer', { idHash: 'sha256' }],
    ['good', 'by SHA-384 of the issuer', { idHash: 'sha384' }],
    ['good', 'by SHA-512 of the issuer', { idHash: 'sha512' }],
    ['refused out-of-scope', 'by MD5 of the issuer', { idHash: 'md5' }],
    ['refused unsupported', 'with a critical extension', { extensions: [CRITICAL] }],
    ['good', 'with an extension', { extensions: [{ ...CRITICAL, critical: false }] }],
  ])('%s: one that is %s', async (expected, _, answer) => {
    expect(await answering(answer)).toBe(expected);
  });

  test.each<[string, string, Partial<ResponseOptions>]>([
    ['good', 'names its signer', { namedBy: 'name' }],
    ['refused weak', 'is signed with SHA-1', { hash: 'sha1' }],
    ['refused weak', 'is signed with MD5', { hash: 'md5' }],
    ['good', 'is signed with PSS', { pss: true }],
    ['refused unsupported', 'has a critical extension', { extensions: [CRITICAL] }],
    ['good', 'has an extension', { extensions: [{ ...CRITICAL, critical: false }] }],
  ])('%s: in a response that %s', async (expected, _, response) => {
    expect(await answering({}, response)).toBe(expected);
  });

  test('with SHA-1 counts where the rules allow it', async () => {
    const ocsp = [ocspBy(anchor, { answers: [{ about }], hash: 'sha1' })];
    expect(await judged(path, { ocsp, allowSha1: true })).toBe('good');
  });

  test('about another certificate says nothing', async () => {
    expect(await answering({ about: sibling })).toBe('not-named');
    expect(await answering({ about: sibling, status: 'revoked' })).toBe('not-named');
  });

  test('about a certificate with this number of another issuer says nothing of this one', async () => {
    expect(await answering({ nameOf: other })).toBe('refused out-of-scope');
    expect(await answering({ keyOf: other })).toBe('refused out-of-scope');
    expect(await answering({ nameOf: other, keyOf: other })).toBe('refused out-of-scope');
    expect(await answering({ keyOf: other, idHash: 'sha256' })).toBe('refused out-of-scope');
  });

  test('among several is the one that is asked for', async () => {
    const answers = [{ about: sibling, status: 'revoked' }, { about }] as const;
    expect(await answering({}, { answers })).toBe('good');
    const revoking = [{ about: sibling }, { about, status: 'revoked' }] as const;
    expect(await answering({}, { answers: revoking })).toBe('revoked');
    const both = [{ about }, { about, status: 'revoked' }] as const;
    expect(await answering({}, { answers: both })).toBe('revoked');
    const over = { about, status: 'revoked', nextUpdate: minutesFromNow(-1) } as const;
    expect(await answering({}, { answers: [over, { about }] })).toBe('good');
  });

  test('that is forged proves nothing', async () => {
    const forged = withBrokenSignature(ocspBy(anchor, { answers: [{ about }] }));
    expect(await judged(path, { ocsp: [forged] })).toBe('refused forged');
    expect(await answering({}, { signer: other, named: anchor })).toBe('refused forged');
    expect(await answering({}, { named: other })).toBe('refused forged');
    expect(await answering({}, { named: other, namedBy: 'name' })).toBe('refused forged');
  });

  test('and a list: one that says revoked outweighs the other, and both what is unknown', async () => {
    const serial = Uint8Array.from(Buffer.from(path[0].serial, 'hex'));
    const listing = crlBy(anchor, { revoked: [{ serial, at: NOW }] });
    const [good, revoked, unknown] = (['good', 'revoked', 'unknown'] as const).map((status) =>
      ocspBy(anchor, { answers: [{ about, status }] }),
    );
    expect(await judged(path, { ocsp: [good!], crls: [listing] })).toBe('revoked');
    expect(await judged(path, { ocsp: [revoked!], crls: [crlBy(anchor)] })).toBe('revoked');
    expect(await judged(path, { ocsp: [unknown!], crls: [crlBy(anchor)] })).toBe('good');
    expect(await judged(path, { ocsp: [good!, revoked!] })).toBe('revoked');
    const over = crlBy(anchor, { nextUpdate: minutesFromNow(-1) });
    expect(await judged(path, { ocsp: [good!], crls: [over] })).toBe('good');
  });
});

const answeredBy = (signer: Authority, response: Partial<ResponseOptions> = {}): Promise<string> =>
  answering({}, { signer, certificates: [signer.certificate], ...response });

const using = async (
  signer: Authority,
  crls: readonly Uint8Array[],
  mode?: 'required' | 'soft-fail',
): Promise<string> =>
  judged(path, {
    ocsp: [ocspBy(anchor, { answers: [{ about }], signer, certificates: [signer.certificate] })],
    crls,
    ...(mode && { mode }),
  });

describe('a delegated responder', () => {
  const responder = async (options: IssueOptions = {}, by = anchor): Promise<Authority> =>
    issueQuickly(by, {
      ...VALID,
      name: 'Responder',
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: [OCSP_SIGNING],
      keys: await cachedKeys('responder', options),
      extraExtensions: [NO_CHECK],
      ...options,
    });

  test('answers for the issuer', async () => {
    const signer = await responder();
    expect(await answeredBy(signer)).toBe('good');
    expect(await answeredBy(signer, { namedBy: 'name' })).toBe('good');
    expect(await answeredBy(signer, { answers: [{ about, status: 'revoked' }] })).toBe('revoked');
    expect(await answeredBy(signer, { certificates: [sibling, signer.certificate] })).toBe('good');
    const exempt = await responder({ crlUrls: ['http://lists.test/1.crl'] });
    expect(await answeredBy(exempt)).toBe('good');
  });

  test('may have the name of the issuer', async () => {
    expect(await answeredBy(await responder({ name: 'Test Anchor' }), { namedBy: 'name' })).toBe(
      'good',
    );
  });

  test.each<[string, string, IssueOptions]>([
    ['good', 'without a key usage', { keyUsage: [] }],
    ['good', 'with a curve', { ec: 'P-256' }],
    ['refused forged', 'of which nothing says that it may answer', { extendedKeyUsage: [] }],
    ['refused forged', 'for mail', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'] }],
    ['refused forged', 'for everything', { extendedKeyUsage: ['2.5.29.37.0'] }],
    ['refused forged', 'that may not sign', { keyUsage: ['keyEncipherment'] }],
    ['refused stale', 'whose time is over', { notAfter: minutesFromNow(-1) }],
    ['refused premature', 'whose time has not come', { notBefore: minutesFromNow(1) }],
    ['refused weak', 'whose key is short', { bits: 1024 }],
    ['refused weak', 'whose certificate is signed with SHA-1', { hash: 'sha1' }],
    [
      'refused unsupported',
      'with an unknown critical extension',
      { extraExtensions: [NO_CHECK, CRITICAL] },
    ],
  ])('%s: one %s', async (expected, _, options) => {
    expect(await answeredBy(await responder(options))).toBe(expected);
  });

  test('has to be named by the issuer itself', async () => {
    expect(await answeredBy(await responder({}, other))).toBe('refused forged');
    const between = await issueQuickly(anchor, {
      name: 'B',
      ca: true,
      keys: await cachedKeys('b'),
    });
    expect(await answeredBy(await responder({}, between))).toBe('refused forged');
    const impostor = { ...anchor, privateKey: other.privateKey };
    expect(await answeredBy(await responder({}, impostor))).toBe('refused forged');
  });

  test('has to be named under the name of the issuer, and not under another of its key', async () => {
    const keys = await cachedKeys('authority Test Anchor');
    const alias = await issueQuickly(other, { name: 'Alias', ca: true, keys });
    expect(await answeredBy(await responder({}, alias))).toBe('refused forged');
  });

  test('has to send its certificate, and to be the one it names', async () => {
    const signer = await responder();
    expect(await answeredBy(signer, { certificates: [] })).toBe('refused forged');
    expect(await answeredBy(signer, { named: other })).toBe('refused forged');
    const second = await responder({ keys: await cachedKeys('second responder') });
    expect(await answeredBy(second, { named: signer, certificates: [signer.certificate] })).toBe(
      'refused forged',
    );
  });

  describe('that the issuer does not exempt', () => {
    const asked = { extraExtensions: [] };
    const named = { ...asked, crlUrls: ['http://lists.test/1.crl'] };
    test('counts when it names no source, as certificates of the path do', async () => {
      const signer = await responder(asked);
      expect(await using(signer, [])).toBe('good');
      expect(await using(signer, [], 'required')).toBe('refused doubtful-signer');
    });

    test('counts when a list says that it was not revoked', async () => {
      const signer = await responder(named);
      expect(await using(signer, [])).toBe('refused doubtful-signer');
      expect(await using(signer, [], 'soft-fail')).toBe('good');
      const scope = { only: 'users' } as const;
      expect(await using(signer, [crlBy(anchor, { scope })])).toBe('good');
    });

    test('does not count when it was revoked', async () => {
      const signer = await responder(asked);
      const serial = Uint8Array.from(Buffer.from(read(signer.certificate).serial, 'hex'));
      // A list for some reasons, so that it does not say of the leaf that it is good.
      const scope = { reasons: [1] };
      const crls = [crlBy(anchor, { scope, revoked: [{ serial, at: NOW }] })];
      expect(await using(signer, crls)).toBe('refused doubtful-signer');
      expect(await using(signer, crls, 'soft-fail')).toBe('unknown doubtful-signer');
    });

    test('does not vouch for itself', async () => {
      const signer = await responder(named);
      const answers = [{ about }, { about: signer.certificate }];
      const ocsp = [ocspBy(anchor, { answers, signer, certificates: [signer.certificate] })];
      expect(await judged(path, { ocsp })).toBe('refused doubtful-signer');
    });
  });
});

describe('reading a response', () => {
  test.each<[string, string, () => Uint8Array]>([
    ['malformed', 'nothing', () => new Uint8Array()],
    ['malformed', 'a certificate', () => about],
    ['malformed', 'half of it', () => ocspBy(anchor, { answers: [{ about }] }).subarray(0, 200)],
    ['refused', 'a responder that asks to come later', () => ocspRefusal(3)],
    ['refused', 'a responder that has no right to answer', () => ocspRefusal(6)],
    ['too-large', 'more than 64 kB', () => new Uint8Array(65_537)],
  ])('is refused as %s: %s', (detail, _, make) => {
    expect(readOcspResponse(make())).toEqual({
      ok: false,
      failure: { code: 'trust/revocation-unknown', detail },
    });
  });
});

test('a request gives the hashes of the issuer and the number, and nothing else', () => {
  const issuer = path[1]!;
  const request = Buffer.from(ocspRequestFor(path[0], issuer)).toString('hex');
  const name = createHash('sha1').update(issuer.subject.der).digest('hex');
  // The key identifiers of these certificates are made as OCSP hashes keys.
  const id = `0414${name}0414${issuer.subjectKeyId}0210${path[0].serial}`;
  expect(request).toBe(`3051304f304d304b3049300906052b0e03021a0500${id}`);
});

function endless(minutes: number): Partial<AnswerOptions> {
  return { thisUpdate: minutesFromNow(minutes), nextUpdate: false };
}
