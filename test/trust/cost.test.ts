import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as asn1js from 'asn1js';
import { sha256, type DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import type { Certificate } from '../../shared/trust/certificate.ts';
import { trust, type TrustAnswer } from '../../shared/trust/trust.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
  type IssueOptions,
} from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org' as DirectAddress;

let root: Authority;
let anchors: readonly Certificate[];
beforeAll(async () => {
  root = await cachedAuthority();
  anchors = anchorsOf({ anchors: [root.certificatePem] });
});

const judge = (certificates: readonly Uint8Array[]): Promise<TrustAnswer> =>
  trust(ADDRESS, certificates, 'signature', { anchors, now: new Date() });

const codesOf = ({ rejected }: TrustAnswer): readonly string[] => [
  ...new Set(rejected.map(({ code }) => code)),
];

const leafOf = async (issuer: Authority, options: IssueOptions = {}): Promise<Uint8Array> =>
  (await issueQuickly(issuer, { address: ADDRESS, ec: 'P-256', ...options })).certificate;

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** A public key of random numbers: what a verification with it costs depends on their lengths only. */
function rsaKey(bits: number, exponent: Uint8Array): KeyObject {
  const modulus = randomBytes(bits / 8);
  modulus[0]! |= 0xc0;
  modulus[modulus.length - 1]! |= 1;
  const [n, e] = [modulus, Buffer.from(exponent)].map((each) => each.toString('base64url'));
  return createPublicKey({ key: { kty: 'RSA', n: n!, e: e! }, format: 'jwk' });
}

const exponentOf = (bytes: number): Uint8Array => Buffer.alloc(bytes, 0xff).fill(0x7f, 0, 1);

/** An authority that exists in its certificate only. */
async function authorityWith(publicKey: KeyObject, options: IssueOptions = {}): Promise<Issued> {
  const { privateKey } = await cachedKeys('leaf');
  return issueQuickly(root, {
    name: 'Costly',
    ca: true,
    keys: { publicKey, privateKey },
    ...options,
  });
}

/** The same certificate under noise that is as long as a signature by a key of so many bits: it is worked on in full. */
function signedByNoise(certificate: Uint8Array, bits: number): Uint8Array {
  const [signedPart, algorithm] = (asn1js.fromBER(certificate).result as asn1js.Sequence).valueBlock
    .value;
  const noise = randomBytes(bits / 8).fill(1, 0, 1);
  const signature = new asn1js.BitString({ valueHex: Uint8Array.from(noise).buffer });
  const value = [signedPart!, algorithm!, signature];
  return new Uint8Array(new asn1js.Sequence({ value }).toBER());
}

/** Fifty certificates, of which half are authorities of one name that may have issued each of the other half. */
async function costlySet(publicKey: () => KeyObject, bits: number): Promise<readonly Uint8Array[]> {
  const issuers = await Promise.all(many(25, () => authorityWith(publicKey())));
  const leaves = await Promise.all(many(25, () => leafOf(issuers[0]!)));
  return [
    ...leaves.map((each) => signedByNoise(each, bits)),
    ...issuers.map(({ certificate }) => certificate),
  ];
}

async function cpuMsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('a set of certificates that is made to cost time', () => {
  test.each<[string, string, number, number]>([
    ['trust/weak-key', 'exponents as long as the modulus', 3072, 384],
    ['trust/too-costly', 'the longest keys that are taken', 8192, 8],
  ])('%s: costs less than half a second: %s', async (code, _, bits, exponentBytes) => {
    const set = await costlySet(() => rsaKey(bits, exponentOf(exponentBytes)), bits);
    let codes: readonly string[] = [];
    const spentMs = await cpuMsOf(async () => {
      codes = codesOf(await judge(set));
    });
    expect(spentMs).toBeLessThan(500);
    expect(codes).toContain(code);
  });

  test('trust/too-costly: is refused after a hundred signatures in all, not for each certificate', async () => {
    const decoys = await Promise.all(many(25, () => authorityWith(rsaKey(2048, exponentOf(2)))));
    const between = decoys.map(({ certificate }) => certificate);
    // Each of these is tried with the keys of all 25 decoys, in vain.
    const hostile = await Promise.all(many(4, () => leafOf(decoys[0]!)));
    const good = await leafOf(root);
    const codeOfGood = (answer: TrustAnswer): string | undefined =>
      answer.rejected.find(({ fingerprint }) => fingerprint === sha256(good))?.code;

    expect(codeOfGood(await judge([...hostile.slice(1), good, ...between]))).toBeUndefined();
    expect(codeOfGood(await judge([...hostile, good, ...between]))).toBe('trust/too-costly');
  });

  test('is not multiplied by intermediates that are brought along without end', async () => {
    const junk = many(50, (index) => Uint8Array.of(index));
    const keys = await cachedKeys('real', { ec: 'P-256' });
    const real = await issueQuickly(root, { name: 'Real', ca: true, keys });
    const leaf = await leafOf(real);
    const withBrought = async (intermediates: readonly Uint8Array[]): Promise<boolean> => {
      const context = { anchors, now: new Date(), intermediates };
      return (await trust(ADDRESS, [leaf], 'signature', context)).outcome.ok;
    };
    expect(await withBrought([...junk.slice(1), real.certificate])).toBe(true);
    expect(await withBrought([...junk, real.certificate])).toBe(false);
  });
});

const certified = async (exponent: Uint8Array): Promise<readonly string[]> => {
  const { privateKey } = await cachedKeys('leaf');
  return codesOf(
    await judge([await leafOf(root, { keys: { publicKey: rsaKey(2048, exponent), privateKey } })]),
  );
};

describe('an RSA key', () => {
  test('may have an exponent of 64 bits', async () => {
    expect(await certified(Buffer.alloc(8, 0xff))).toEqual([]);
    expect(await certified(Uint8Array.of(3))).toEqual([]);
  });

  test.each<[string, Uint8Array]>([
    ['of 65 bits', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1)],
    ['that is even', Uint8Array.of(1, 0, 0)],
    ['of one', Uint8Array.of(1)],
  ])('trust/weak-key: an exponent %s', async (_, exponent) => {
    expect(await certified(exponent)).toEqual(['trust/weak-key']);
  });

  test.each<[string, number, number]>([
    ['a modulus of 8200 bits', 8200, 3],
    ['an exponent of 72 bits', 2048, 9],
  ])('trust/weak-key: of an issuer, %s, before a signature is verified with it', async (...row) => {
    const [, bits, exponentBytes] = row;
    const issuer = await authorityWith(rsaKey(bits, exponentOf(exponentBytes)));
    const leaf = signedByNoise(await leafOf(issuer), bits);
    // Noise verifies with no key: had it been tried, the refusal would be trust/bad-signature.
    expect((await judge([leaf, issuer.certificate])).rejected[0]!.code).toBe('trust/weak-key');
  });
});
