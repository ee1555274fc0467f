import { constants, privateEncrypt, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KmsEndpointOptions {
  /** RSA private keys by their ARN; read at each request. */
  readonly keys: Readonly<Record<string, KeyObject>>;
}

export interface KmsEndpoint {
  /** For AWS_ENDPOINT_URL_KMS. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** KMS as far as a signer needs it: Sign, of a SHA-256 digest, with RSA keys, in AWS JSON 1.1. */
export async function startKmsEndpoint({ keys }: KmsEndpointOptions): Promise<KmsEndpoint> {
  const server = createServer((request, response) => {
    void answer(request, keys).then(([status, body]) =>
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Reply = readonly [status: number, body: object];

const refusal = (type: string): Reply => [400, { __type: type }];

async function answer(request: IncomingMessage, keys: KmsEndpointOptions['keys']): Promise<Reply> {
  if (request.headers['x-amz-target'] !== 'TrentService.Sign') {
    return refusal('UnsupportedOperationException');
  }
  const { KeyId = '', ...asked } = JSON.parse(await readBody(request)) as Partial<
    Record<string, string>
  >;
  const key = Object.hasOwn(keys, KeyId) ? keys[KeyId] : undefined;
  if (!key) return refusal('NotFoundException');
  const digest = Buffer.from(asked['Message'] ?? '', 'base64');
  const { MessageType, SigningAlgorithm } = asked;
  if (SigningAlgorithm !== 'RSASSA_PKCS1_V1_5_SHA_256') return refusal('InvalidKeyUsageException');
  if (MessageType !== 'DIGEST' || digest.length !== 32) return refusal('ValidationException');
  const signature = signDigest(digest, key).toString('base64');
  return [200, { KeyId, Signature: signature, SigningAlgorithm }];
}

/** RFC 8017 section 9.2: DigestInfo of SHA-256 up to the digest. */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** RSASSA-PKCS1-v1_5 of what is a SHA-256 digest already. */
export const signDigest = (digest: Uint8Array, key: KeyObject): Buffer =>
  privateEncrypt(
    { key, padding: constants.RSA_PKCS1_PADDING },
    Buffer.concat([SHA256_INFO, digest]),
  );

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text.slice(0, 10_000);
}
