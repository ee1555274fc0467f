import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import forge from 'node-forge';
import { Pkcs12Refused, readPkcs12 } from '../../shared/adapters/pkcs12.ts';
import type { Identity } from '../../shared/secure/keys.ts';
import { cases } from '../support/counts.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';
import { PASSWORD, pkcs12Of } from '../support/pkcs12-maker.ts';

let authority: Issued;
let holder: Issued;
let elliptic: Issued;
beforeAll(async () => {
  authority = await cachedAuthority();
  const address = 'records@holder.example';
  const keys = await cachedKeys('holder');
  holder = await issueQuickly(authority, { address, keys });
  elliptic = await issueQuickly(authority, { address, ec: 'P-256' });
});

async function expectToHold(file: Uint8Array, issued: Issued): Promise<void> {
  const { certificate, privateKey } = await readPkcs12(file, PASSWORD);

  expect(Buffer.from(certificate)).toEqual(Buffer.from(issued.certificate));
  expect(privateKey.equals(issued.privateKey)).toBe(true);
}

/** Openssl would put the right one first. */
const fileWith = (...certificates: readonly Issued[]): Buffer => {
  const key = forge.pki.privateKeyFromPem(holder.privateKeyPem);
  const chain = certificates.map((each) => forge.pki.certificateFromPem(each.certificatePem));
  const file = forge.pkcs12.toPkcs12Asn1(key, chain, PASSWORD, { count: 1 });
  return Buffer.from(forge.asn1.toDer(file).getBytes(), 'latin1');
};

describe('of several certificates in a file', () => {
  test('the one of the key is taken, wherever it stands', async () => {
    await expectToHold(fileWith(authority, holder), holder);
  });

  test('none is taken when none is of the key', async () => {
    await expect(readPkcs12(fileWith(authority), PASSWORD)).rejects.toThrow('with its certificate');
  });
});

const refused = async (file: Uint8Array, password = PASSWORD): Promise<string> => {
  const error = await readPkcs12(file, password).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Pkcs12Refused);
  return (error as Error).message;
};

const TRIPLE_DES = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES'];
const IN_CLEAR = ['-certpbe', 'NONE', '-keypbe', 'NONE'];

describeWith(['openssl'], 'a PKCS #12 file that openssl wrote', () => {
  test.each([
    ['as it writes today: PBES2 with AES-256, SHA-256', []],
    [
      'with AES-128 and SHA-512',
      ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-macalg', 'sha512'],
    ],
    ['with triple DES and SHA-1', [...TRIPLE_DES, '-macalg', 'sha1']],
    ['with RC2, as it was written for decades', ['-legacy']],
    ['with a MAC alone', IN_CLEAR],
  ])('is read: %s', async (_, options) => {
    await expectToHold(pkcs12Of(holder, ...options), holder);
  });

  test('is read: a key on an elliptic curve', async () => {
    await expectToHold(pkcs12Of(elliptic), elliptic);
  });

  test('is read: other certificates beside it are passed over', async () => {
    const certificatePem =
      authority.certificatePem + elliptic.certificatePem + holder.certificatePem;
    const { privateKeyPem } = holder;
    await expectToHold(pkcs12Of({ certificatePem, privateKeyPem }), holder);
  });

  test.each([
    ['is not that of the file', 'wrong'],
    ['is not 1 to 128', ''],
    ['is not 1 to 128', 'pässword'],
    ['is not 1 to 128', 'x'.repeat(129)],
  ])('is refused: the password %s', async (says, password) => {
    const message = await refused(pkcs12Of(holder), password);

    expect(message).toContain(`the password ${says}`);
    expect(message).not.toContain(password === '' ? PASSWORD : password);
  });

  test.each([
    ['no MAC, without which any password would do', ['-nomac'], 'with a MAC'],
    ['no key', ['-nokeys'], 'no private key together with its certificate'],
    ['no certificate', ['-nocerts'], 'no private key together with its certificate'],
  ])('is refused: %s', async (_, options, says) => {
    expect(await refused(pkcs12Of(holder, ...options))).toContain(says);
  });

  test.each([
    ['for what is encrypted', ['-iter', '500001', '-nomaciter']],
    ['for the MAC', [...IN_CLEAR, '-iter', '1000001']],
  ])(
    'is refused in a moment: more iterations than a function has time for, %s',
    async (_, options) => {
      const file = pkcs12Of(holder, ...options);
      const start = performance.now();

      expect(await refused(file)).toContain('more than 1,000,000 iterations');
      expect(performance.now() - start).toBeLessThan(200);
    },
  );

  test.each([
    ['no bytes', () => Buffer.of(), 'with a MAC'],
    ['another kind of file', () => Buffer.from(holder.certificate), 'can be read'],
    ['a file that is cut off', () => pkcs12Of(holder).subarray(0, -1), 'with a MAC'],
    ['64 kB and a byte', () => Buffer.alloc(64 * 1024 + 1), 'larger than 64 kB'],
    ['octets in octets in octets', () => nested(10_000), 'can be read'],
  ])('is refused: %s', async (_, file, says) => {
    expect(await refused(file())).toContain(says);
  });

  test('with a byte turned is read as it was, or refused', async () => {
    const file = pkcs12Of(holder, ...IN_CLEAR, '-iter', '1');
    const turned = fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(turned, async ([at, by]) => {
        const bytes = Buffer.from(file);
        bytes[at]! ^= by;
        const read = await readPkcs12(bytes, PASSWORD).catch((error: unknown) => error);
        const same = (read as Identity).privateKey?.equals(holder.privateKey);

        expect(same ?? read instanceof Pkcs12Refused).toBe(true);
      }),
      { numRuns: cases(50, 1000) },
    );
  });
});

/** A tag and a length in two octets. */
const head = (tag: number, length: number): Buffer => {
  const bytes = Buffer.of(tag, 0x82, 0, 0);
  bytes.writeUInt16BE(length, 2);
  return bytes;
};

/** SEQUENCE { NULL, NULL, OCTET STRING { OCTET STRING { … } } } */
function nested(levels: number): Buffer {
  const octets = Buffer.concat(
    Array.from({ length: levels }, (_, level) => head(0x04, 4 * (levels - level - 1))),
  );
  return Buffer.concat([head(0x30, octets.length + 4), Buffer.of(5, 0, 5, 0), octets]);
}
