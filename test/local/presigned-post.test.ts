import { createHash, createHmac } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { readCloudAssembly } from '../../infra/local/assembly/cloud-assembly.ts';
import { deploymentOf } from '../../infra/local/assembly/deployment.ts';
import { CREDENTIALS } from '../../infra/local/engines/credentials.ts';
import {
  startObjectsEndpoint,
  type ObjectsEndpoint,
} from '../../infra/local/engines/objects-endpoint.ts';
import { createBuckets, createQueues } from '../../infra/local/engines/queues-and-buckets.ts';
import { ASSEMBLY } from './fixture.ts';

const BUCKET = 'store-mail';
const FILE = Buffer.from('<ClinicalDocument/>');
const SHA256 = createHash('sha256').update(FILE).digest('base64');
const DATE = '20261122';
const SCOPE = [DATE, 'us-east-1', 's3', 'aws4_request'];

/** One that allows everything, and that nobody signed. */
const OTHER_POLICY = Buffer.from(
  JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [] }),
).toString('base64');

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

interface Asked {
  readonly expiresInSeconds?: number;
  readonly conditions?: readonly unknown[];
  /** Over the fields of a good form, after signing. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly file?: Buffer;
  readonly secret?: string;
}

/** A form as the signer of the SDK fills it in, made by hand. */
function formOf({ expiresInSeconds = 60, conditions = [], fields, file = FILE, secret }: Asked) {
  const signed = {
    bucket: BUCKET,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': [CREDENTIALS.accessKeyId, ...SCOPE].join('/'),
    'x-amz-date': `${DATE}T000000Z`,
    'x-amz-checksum-sha256': SHA256,
  };
  const policy = Buffer.from(
    JSON.stringify({
      expiration: new Date(Date.now() + expiresInSeconds * 1000).toISOString(),
      conditions: [
        ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
        ['starts-with', '$key', 'uploads/'],
        ['content-length-range', 10, 1000],
        ...conditions,
      ],
    }),
  ).toString('base64');
  const key = SCOPE.reduce<Buffer>(
    hmac,
    Buffer.from(`AWS4${secret ?? CREDENTIALS.secretAccessKey}`),
  );
  const form = new FormData();
  const all = {
    ...signed,
    key: 'uploads/a b.xml',
    policy,
    'X-Amz-Signature': hmac(key, policy).toString('hex'),
    ...fields,
  };
  for (const [name, value] of Object.entries(all)) form.append(name, value);
  form.append('file', new Blob([file]));
  return form;
}

describe('the gate in front of the buckets', () => {
  let engine: FauxqsServer;
  let objects: ObjectsEndpoint;
  let client: S3Client;
  beforeAll(async () => {
    engine = await startFauxqs({ port: 0, logger: false });
    objects = await startObjectsEndpoint(engine.address);
    client = new S3Client({
      region: 'us-east-1',
      credentials: CREDENTIALS,
      endpoint: objects.endpoint,
    });
    const endpoints = { queues: engine.address, api: 'http://127.0.0.1:1' };
    const deployment = deploymentOf(readCloudAssembly(ASSEMBLY), endpoints, { Greeting: 'hello' });
    createQueues(deployment, engine);
    objects.serve(createBuckets(deployment, engine, client), {
      knows: (accessKeyId) => accessKeyId === CREDENTIALS.accessKeyId,
      refusalOf: () => undefined,
    });
  });
  afterAll(async () => {
    client.destroy();
    await objects.close();
    await engine.stop();
  });

  const announced = (): string[] =>
    (engine.inspectQueue('Store-MailQueue')?.messages.ready ?? []).map(({ body }) => body);
  const post = async (asked: Asked, bucket = BUCKET) => {
    const body = formOf(asked);
    const answer = await fetch(`${objects.endpoint}/${bucket}`, { method: 'POST', body });
    const xml = await answer.text();
    return [answer.status, /<Code>(\w+)</.exec(xml)?.[1]];
  };
  const bytesAt = async (key: string): Promise<Buffer> => {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    return Buffer.from((await body?.transformToByteArray()) ?? []);
  };

  test('puts what keeps to its policy, and it is announced', async () => {
    expect(await post({})).toEqual([204, undefined]);
    expect(await bytesAt('uploads/a b.xml')).toEqual(FILE);
    expect(JSON.parse(announced().at(-1) ?? '{}')).toMatchObject({
      Records: [{ s3: { object: { key: 'uploads/a+b.xml', size: FILE.length } } }],
    });
  });

  test('answers the status that the form asks for', async () => {
    const field = { success_action_status: '201' };
    expect(await post({ conditions: [field], fields: field })).toEqual([201, undefined]);
  });

  test.each<[string, Asked, number, string]>([
    ['a policy that has expired', { expiresInSeconds: -1 }, 403, 'AccessDenied'],
    ['another secret', { secret: 'other' }, 403, 'SignatureDoesNotMatch'],
    ['no signature', { fields: { 'X-Amz-Signature': '' } }, 403, 'SignatureDoesNotMatch'],
    [
      'another policy than was signed',
      { fields: { policy: OTHER_POLICY } },
      403,
      'SignatureDoesNotMatch',
    ],
    ['no policy', { fields: { policy: 'e30=' } }, 400, 'InvalidPolicyDocument'],
    ['another access key', { fields: { 'x-amz-credential': 'you/1/2/s3/aws4_request' } }, 403, 'InvalidAccessKeyId'], // prettier-ignore
    ['a key elsewhere', { fields: { key: 'elsewhere/a.xml' } }, 403, 'AccessDenied'],
    [
      'another key than the one',
      { conditions: [['eq', '$key', 'uploads/b']] },
      403,
      'AccessDenied',
    ],
    ['a field without a condition', { fields: { 'x-amz-meta-a': '1' } }, 403, 'AccessDenied'],
    ['a field that is missing', { conditions: [{ acl: 'private' }] }, 403, 'AccessDenied'],
    ['a file that is too large', { file: Buffer.alloc(1001) }, 400, 'EntityTooLarge'],
    ['a file that is too small', { file: Buffer.alloc(9) }, 400, 'EntityTooSmall'],
    ['other bytes than the checksum’s', { file: Buffer.alloc(FILE.length) }, 400, 'BadDigest'],
  ])('puts nothing and announces nothing for %s', async (_, asked, status, code) => {
    const before = announced().length;
    expect(await post(asked)).toEqual([status, code]);
    expect(announced()).toHaveLength(before);
  });

  test('another bucket than the policy’s is refused', async () => {
    expect(await post({}, 'elsewhere')).toEqual([403, 'AccessDenied']);
  });

  test.each([5, 40])(
    'lets everything else through to the engine, %d MB as they are',
    async (mb) => {
      const bytes = Buffer.alloc(mb * 1024 * 1024, 'bytes');
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'large', Body: bytes }));
      expect((await bytesAt('large')).equals(bytes)).toBe(true);
      await expect(bytesAt('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    },
  );
});
