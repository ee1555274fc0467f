import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KMSClient, KMSServiceException, SignCommand } from '@aws-sdk/client-kms';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { execFileSync } from 'node:child_process';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  signDigest,
  startKmsEndpoint,
  type KmsEndpoint,
} from '../../infra/local/world/kms-endpoint.ts';
import { kmsSigner } from '../../shared/adapters/kms-signer.ts';
import { fail } from '../../shared/outcome.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';
import { valueOf } from '../secure/support/people.ts';
import { withAwsEnv } from './aws-env.ts';

const ARN = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const OTHER = ARN.replaceAll('5', '6');

let holder: Issued;
let elliptic: Issued;
let endpoint: KmsEndpoint;
let undo: () => void;
beforeAll(async () => {
  const authority = await cachedAuthority();
  const address = 'records@holder.example';
  holder = await issueQuickly(authority, { address });
  elliptic = await issueQuickly(authority, { address, ec: 'P-256' });
  const { privateKey: other } = await cachedKeys('other');
  endpoint = await startKmsEndpoint({ keys: { [ARN]: holder.privateKey, [OTHER]: other } });
  undo = withAwsEnv({ AWS_ENDPOINT_URL_KMS: endpoint.endpoint });
});
afterAll(async () => {
  undo();
  await endpoint.close();
});

const ATTRIBUTES = Buffer.from('310b300906032a03043102 the attributes');
const signerOf = ({ certificate }: Issued, arn = ARN) =>
  kmsSigner(arn, new X509Certificate(certificate));

describe('a key in KMS', () => {
  test('signs as the holder of its certificate', async () => {
    const { certificate, algorithm, signatureBytes, sign } = valueOf(
      await signerOf(holder).identity(),
    );
    const signature = await sign(ATTRIBUTES);

    expect(Buffer.from(certificate)).toEqual(Buffer.from(holder.certificate));
    expect([algorithm, signatureBytes, signature.length]).toEqual(['rsa', 256, 256]);
    expect(
      verify('sha256', ATTRIBUTES, new X509Certificate(certificate).publicKey, signature),
    ).toBe(true);
  });

  test.each([
    ['another key than that of the certificate', OTHER, 'not that of the certificate'],
    ['a key that is not there', ARN.replaceAll('5', '7'), 'KMS NotFoundException'],
  ])('secure/unusable-key: %s', async (_, arn, detail) => {
    expect(await signerOf(holder, arn).identity()).toEqual(fail('secure/unusable-key', detail));
  });
});

const refusing = (name: string): Error =>
  new KMSServiceException({ name, message: name, $fault: 'client', $metadata: {} });

describe('what KMS answers', () => {
  let kms: AwsClientStub<KMSClient>;
  beforeEach(() => {
    kms = mockClient(KMSClient);
  });
  afterEach(() => kms.restore());

  const signs = (): unknown =>
    kms.on(SignCommand).callsFake(({ Message }: { readonly Message: Uint8Array }) => ({
      Signature: signDigest(Message, holder.privateKey),
    }));

  test('it is asked for a signature over the digest, in the region of the key', async () => {
    signs();
    const { sign } = valueOf(await signerOf(holder).identity());
    await sign(ATTRIBUTES);
    const { args, thisValue } = kms.commandCalls(SignCommand)[1]!;

    expect(args[0].input).toEqual({
      KeyId: ARN,
      Message: createHash('sha256').update(ATTRIBUTES).digest(),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
    });
    expect(await (thisValue as KMSClient).config.region()).toBe('eu-west-1');
  });

  test('the key proves itself once, and not for each message', async () => {
    signs();
    const signer = signerOf(holder);
    await signer.identity();
    await valueOf(await signer.identity()).sign(ATTRIBUTES);

    expect(kms.commandCalls(SignCommand)).toHaveLength(2);
  });

  test.each([
    'AccessDeniedException',
    'DisabledException',
    'InvalidKeyUsageException',
    'KMSInvalidStateException',
  ])('secure/unusable-key: %s', async (name) => {
    kms.on(SignCommand).rejects(refusing(name));
    expect(await signerOf(holder).identity()).toEqual(fail('secure/unusable-key', `KMS ${name}`));
  });

  test('secure/unusable-key: disabled after it was in use: that attempt fails, the next is told why', async () => {
    signs();
    const signer = signerOf(holder);
    const { sign } = valueOf(await signer.identity());
    kms.on(SignCommand).rejects(refusing('DisabledException'));

    await expect(sign(ATTRIBUTES)).rejects.toThrow('DisabledException');
    expect(await signer.identity()).toMatchObject(fail('secure/unusable-key'));
  });

  test('that it is busy is no answer: it is thrown, and asked again', async () => {
    const signer = signerOf(holder);
    kms.on(SignCommand).rejects(refusing('ThrottlingException'));
    await expect(signer.identity()).rejects.toThrow('ThrottlingException');
    signs();

    expect(await signer.identity()).toMatchObject({ ok: true });
  });

  describeWith(['openssl'], 'of an elliptic curve', () => {
    test('is taken as it comes', async () => {
      kms
        .on(SignCommand, { SigningAlgorithm: 'ECDSA_SHA_256' })
        .callsFake(({ Message }: { readonly Message: Uint8Array }) => ({
          Signature: opensslSignature(Message),
        }));
      const { algorithm, sign } = valueOf(await signerOf(elliptic).identity());

      expect(algorithm).toBe('ecdsa');
      const { publicKey } = new X509Certificate(elliptic.certificate);
      expect(verify('sha256', ATTRIBUTES, publicKey, await sign(ATTRIBUTES))).toBe(true);
    });
  });
});

/** Node signs no digest with an elliptic curve that it has not made itself. */
function opensslSignature(digest: Uint8Array): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kms-'));
  try {
    const [key, input] = [join(folder, 'key'), join(folder, 'digest')];
    writeFileSync(key, elliptic.privateKeyPem, { mode: 0o600 });
    writeFileSync(input, digest);
    return execFileSync('openssl', ['pkeyutl', '-sign', '-inkey', key, '-in', input]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
