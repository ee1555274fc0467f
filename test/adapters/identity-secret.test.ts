import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { verify, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { startKmsEndpoint } from '../../infra/local/world/kms-endpoint.ts';
import {
  parseDecryptionSecret,
  parseIdentities,
  parseSigningSecret,
} from '../../shared/adapters/identity-secret.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';
import { valueOf } from '../secure/support/people.ts';
import { withAwsEnv } from './aws-env.ts';
import { PASSWORD, pkcs12Of } from '../support/pkcs12-maker.ts';

const ADDRESS = 'Records@holder.example';
const ARN = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

let holder: Issued;
let elliptic: Issued;
beforeAll(async () => {
  const authority = await cachedAuthority();
  const keys = await cachedKeys('holder');
  holder = await issueQuickly(authority, { address: ADDRESS, keys });
  elliptic = await issueQuickly(authority, { address: ADDRESS, ec: 'P-256' });
});

const inFiles = (issued = holder, address = ADDRESS) => ({
  address,
  certificate: issued.certificatePem,
  privateKey: issued.privateKeyPem,
});
const inKms = (issued = holder, kmsKeyId = ARN) => ({
  address: ADDRESS,
  certificate: issued.certificatePem,
  kmsKeyId,
});
const inPkcs12 = (...options: readonly string[]) => ({
  address: ADDRESS,
  pkcs12: pkcs12Of(holder, ...options).toString('base64'),
  password: PASSWORD,
});

const textOf = (...identities: readonly object[]): string => JSON.stringify({ identities });
const parse = (...identities: readonly object[]) => parseIdentities(textOf(...identities));

const complaintOf = async (parsing: Promise<unknown>): Promise<string> => {
  const error = await parsing.catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : 'none';
};
const complaintAbout = (...identities: readonly object[]): Promise<string> =>
  complaintOf(parse(...identities));

describeWith(['openssl'], 'an identity in PKCS #12', () => {
  test('signs and decrypts as the holder of its certificate', async () => {
    const [identity] = await parse(inPkcs12());
    const { certificate, sign } = valueOf(await identity!.signing());
    const data = Buffer.from('attributes');

    expect(identity!.address).toBe(ADDRESS.toLowerCase());
    expect(identity!.decrypting?.privateKey.equals(holder.privateKey)).toBe(true);
    expect(Buffer.from(certificate)).toEqual(Buffer.from(holder.certificate));
    expect(
      verify('sha256', data, new X509Certificate(certificate).publicKey, await sign(data)),
    ).toBe(true);
  });

  test('may be broken into lines', async () => {
    const row = inPkcs12();
    const pkcs12 = row.pkcs12.replace(/.{64}/g, '$&\n');
    expect(await parse({ ...row, pkcs12 })).toHaveLength(1);
  });

  test('is refused by its position, and nothing of it is quoted', async () => {
    const complaint = await complaintAbout(inFiles(), { ...inPkcs12(), password: 'hunter2' });

    expect(complaint).toBe(
      'The identity secret is wrong at: identities.1.pkcs12 (the password is not that of the file)',
    );
  });

  test('without its password is refused', async () => {
    const { password: _, ...row } = inPkcs12();
    expect(await complaintAbout(row)).toContain('identities.0.password');
  });
});

describe('an identity whose key is in KMS', () => {
  test('signs as the holder of its certificate', async () => {
    const kms = await startKmsEndpoint({ keys: { [ARN]: holder.privateKey } });
    const undo = withAwsEnv({ AWS_ENDPOINT_URL_KMS: kms.endpoint });
    const [identity] = await parse(inKms(), inFiles());
    const { certificate, sign } = valueOf(await identity!.signing());
    const data = Buffer.from('attributes');
    const { publicKey } = new X509Certificate(certificate);

    expect(verify('sha256', data, publicKey, await sign(data))).toBe(true);
    undo();
    await kms.close();
  });

  test('stands where one signs, and nothing else of its address need be there', async () => {
    const [signer, ...more] = await parseSigningSecret(textOf(inKms()));
    expect([signer?.decrypting, more]).toEqual([undefined, []]);
  });

  test('has no place where one decrypts', async () => {
    expect(await complaintOf(parseDecryptionSecret(textOf(inFiles(), inKms())))).toBe(
      'The identity secret is wrong at: identities.1.kmsKeyId (a key in KMS decrypts nothing)',
    );
  });

  test('is refused on a curve that KMS does not sign for with SHA-256', async () => {
    const long = await issueQuickly(await cachedAuthority(), { address: ADDRESS, ec: 'P-384' });
    expect(await complaintAbout(inKms(long), inFiles())).toContain(
      'identities.0.certificate (with SHA-256, KMS signs for RSA and P-256 only)',
    );
  });

  test.each([
    ['an alias', 'arn:aws:kms:us-east-1:123456789012:alias/signing'],
    ['a bare id', '11111111-2222-3333-4444-555555555555'],
    ['another service', 'arn:aws:s3:us-east-1:123456789012:key/1'],
  ])('is refused under %s', async (_, kmsKeyId) => {
    const complaint = await complaintAbout(inKms(holder, kmsKeyId), inFiles());

    expect(complaint).toBe('The identity secret is wrong at: identities.0.kmsKeyId');
  });
});

describeWith(['openssl'], 'an identity that was replaced', () => {
  const decryptUntil = '2026-03-01T00:00:00Z';

  test('says until when it decrypts, in PEM and in PKCS #12', async () => {
    const rows = [inFiles(), { ...inFiles(), decryptUntil }, { ...inPkcs12(), decryptUntil }];
    const read = await parse(...rows);
    expect(read.map((each) => each.decryptUntil)).toEqual([
      undefined,
      new Date(decryptUntil),
      new Date(decryptUntil),
    ]);
  });

  test('has no place where one signs', async () => {
    const text = textOf(inFiles(), { ...inFiles(), decryptUntil });
    expect(await complaintOf(parseSigningSecret(text))).toBe(
      'The identity secret is wrong at: identities.1.decryptUntil (what was replaced signs nothing)',
    );
  });

  test('may be all that is left of an address, which then sends no more', async () => {
    const rows = [{ ...inFiles(), decryptUntil }];
    expect(await parseDecryptionSecret(textOf(...rows))).toHaveLength(1);
  });

  test.each([
    ['without a zone', () => ({ ...inFiles(), decryptUntil: '2026-03-01T00:00:00' })],
    ['as a day', () => ({ ...inFiles(), decryptUntil: '2026-03-01' })],
    ['of a key in KMS, which cannot decrypt', () => ({ ...inKms(), decryptUntil })],
  ])('is refused with a time %s', async (_, row) => {
    expect(await complaintAbout(inFiles(), row())).toContain('wrong at: identities.1');
  });
});

describe('where one decrypts', () => {
  test.each([
    ['an elliptic curve key alone', () => [inFiles(elliptic)], 0],
    [
      'one beside what was replaced',
      () => [{ ...inFiles(), decryptUntil: '2026-03-01T00:00:00Z' }, inFiles(elliptic)],
      1,
    ],
    [
      'one beside another address',
      () => [inFiles(holder, 'lab@holder.example'), inFiles(elliptic)],
      1,
    ],
  ])('%s is refused: nobody could encrypt to that address', async (_, rows, at) => {
    expect(await complaintOf(parseDecryptionSecret(textOf(...rows())))).toMatch(
      new RegExp(
        `^The identity secret: to identity ${at} nobody can encrypt, and its address has no other`,
      ),
    );
  });

  test('one beside an RSA key is taken', async () => {
    expect(await parseDecryptionSecret(textOf(inFiles(), inFiles(elliptic)))).toHaveLength(2);
  });

  test('where one signs it is taken alone', async () => {
    expect(await parseSigningSecret(textOf(inFiles(elliptic)))).toHaveLength(1);
  });
});

test('neither PKCS #12 nor KMS is loaded for identities in PEM', () => {
  const script = resolve(import.meta.dirname, 'support/loaded-for-pem.ts');
  const run = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    input: JSON.stringify({ identities: [inFiles()] }),
  });

  expect(JSON.parse(run.stdout)).toEqual([]);
});
