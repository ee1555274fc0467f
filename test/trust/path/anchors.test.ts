import { describe, expect, test } from '@jest/globals';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { SearchOptions } from '../../../shared/trust/path/search.ts';
import { authorityOf, chainOf, codeOf, leafOf, read, rootOf, VALID } from '../../support/chains.ts';
import {
  cachedAuthority,
  cachedKeys,
  makeAuthority,
  nameConstraintsExtension as nameConstraints,
  withBrokenSignature,
  type Issued,
  type IssueOptions,
} from '../../support/pki.ts';

const PAST = { notBefore: new Date('2020-01-01'), notAfter: new Date('2026-02-01') };
const SERVER = '1.3.6.1.5.5.7.3.1';
const MAIL = '1.3.6.1.5.5.7.3.4';

/** What we say of a leaf right below an anchor that is like this. */
const below = async (anchor: Issued, options: Partial<SearchOptions> = {}, rules = {}) => {
  const leaf = await leafOf(anchor);
  return codeOf({ leaf, between: [], root: read(anchor.certificate) }, rules, options);
};

describe('an anchor', () => {
  test('may be an authority that another one issued', async () => {
    const one = await authorityOf(await rootOf(), 'One');
    expect(await below(one)).toBe('valid');
  });

  test('may be the leaf itself, of whatever kind, whoever signed it', async () => {
    const stranger = await cachedAuthority('Stranger');
    const leaf = await leafOf(stranger, { hash: 'md5' });
    expect(codeOf({ leaf, between: [], root: leaf })).toBe('valid');
  });

  test('is not the leaf because it has its name, or its name and key', async () => {
    const root = await rootOf();
    const leaf = await leafOf(await cachedAuthority('Stranger'), { name: 'Same' });
    const same = await leafOf(root, { name: 'Same' });
    expect(codeOf({ leaf, between: [], root: same })).toBe('trust/no-anchor');
  });

  test('may be of version 1, which cannot say that it is an authority; nobody else may', async () => {
    const root = await rootOf({ name: 'Old', isVersion1: true });
    expect(await below(root)).toBe('valid');
    const chain = await chainOf({}, [{ isVersion1: true }, {}]);
    expect(codeOf(chain)).toBe('trust/not-an-authority');
  });

  test.each<[string, IssueOptions]>([
    ['says nothing of being an authority', { basicConstraints: 'absent' }],
    ['is an end entity', { ca: false, basicConstraints: 'absent', keyUsage: [] }],
    ['may not sign certificates', { keyUsage: ['cRLSign'] }],
  ])('trust/not-an-authority: issues nothing when it %s', async (_, options) => {
    const anchor = await authorityOf(await rootOf(), 'One', options);
    expect(await below(anchor)).toBe('trust/not-an-authority');
  });

  test('trust/path-length: allows what it allows', async () => {
    expect(codeOf(await chainOf({ pathLength: 0 }, [{}, {}]))).toBe('trust/path-length');
    expect(codeOf(await chainOf({ pathLength: 1 }, [{}, {}]))).toBe('valid');
  });

  test('trust/name-constraints: vouches only for names for which it may', async () => {
    const extraExtensions = [nameConstraints({ permitted: [{ email: 'elsewhere.example' }] })];
    expect(await below(await rootOf({ extraExtensions }))).toBe('trust/name-constraints');
  });

  test('trust/key-usage: vouches only for ends for which it may', async () => {
    const root = await rootOf({ extendedKeyUsage: [SERVER] });
    expect(await below(root)).toBe('valid');
    expect(await below(root, { usages: [MAIL] })).toBe('trust/key-usage');
  });

  test.each<[string, IssueOptions, string]>([
    ['expired', PAST, 'trust/expired'],
    ['not yet valid', { notBefore: new Date('2026-04-01') }, 'trust/not-yet-valid'],
    [
      'insisting on what nobody knows',
      { extraExtensions: [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] },
      'trust/unsupported',
    ],
  ])('is refused when it is %s', async (_, options, code) => {
    expect(await below(await rootOf(options))).toBe(code);
  });

  test('trust/weak-key: signs nothing with a short key, unless the rules take it', async () => {
    const keys = await cachedKeys('short root', { bits: 1024 });
    const root = await rootOf({ keys });
    expect(await below(root)).toBe('trust/weak-key');
    expect(await below(root, {}, { minimumRsaBits: 1024 })).toBe('valid');
  });

  test('may have a serial number that is negative, zero or too long', async () => {
    for (const serial of [
      Uint8Array.of(0xff, 1),
      Uint8Array.of(0),
      new Uint8Array(40).fill(0x7f),
    ]) {
      const root = await rootOf({ serial });
      expect(read(root.certificate).serial).toBe(Buffer.from(serial).toString('hex'));
      expect(await below(root)).toBe('valid');
    }
  });
});

const anyValid = (leaf: Certificate, candidates: readonly Certificate[], root: Certificate) =>
  codeOf({ leaf, between: candidates, root }, { policy: 'any-valid' });

describe('where any valid certificate will do', () => {
  test('a path may end in a certificate that signed itself', async () => {
    const { leaf, between, root } = await chainOf({ name: 'Unknown' }, [{}, {}]);
    const other = read((await rootOf()).certificate);
    expect(codeOf({ leaf, between: [...between, root], root: other })).toBe('trust/no-anchor');
    expect(anyValid(leaf, [...between, root], other)).toBe('valid');
    expect(anyValid(leaf, between, other)).toBe('trust/no-anchor');
  });

  test('the leaf may have signed itself', async () => {
    const other = read((await rootOf()).certificate);
    const keys = await cachedKeys('own', { ec: 'P-256' });
    const own = await makeAuthority({ name: 'Own', keys, ...VALID });
    expect(anyValid(read(own.certificate), [], other)).toBe('valid');
    const broken = read(withBrokenSignature(own.certificate));
    expect(anyValid(broken, [], other)).not.toBe('valid');
  });

  test('what only bears the name of its issuer did not sign itself', async () => {
    const other = read((await rootOf()).certificate);
    const stranger = await rootOf({ name: 'Self' });
    const posing = await authorityOf(stranger, 'Self');
    expect(anyValid(await leafOf(posing), [read(posing.certificate)], other)).toBe(
      'trust/no-anchor',
    );
  });

  test('all else is asked for', async () => {
    const other = read((await rootOf()).certificate);
    for (const [link, code] of [
      [PAST, 'trust/expired'],
      [{ hash: 'sha1' }, 'trust/weak-signature'],
      [{ pathLength: 0 }, 'trust/path-length'],
    ] as const) {
      const { leaf, between, root } = await chainOf({ name: 'Unknown' }, [link, {}, {}]);
      expect(anyValid(leaf, [...between, root], other)).toBe(code);
    }
    const { leaf, between, root } = await chainOf({ name: 'Unknown', hash: 'sha1' }, [{}, {}]);
    expect(anyValid(leaf, [...between, root], other)).toBe('trust/weak-signature');
  });
});
