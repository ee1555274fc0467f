import { createHash } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { CREDENTIALS } from '../../infra/local/engines/credentials.ts';
import {
  startObjectsEndpoint,
  type ObjectsEndpoint,
} from '../../infra/local/engines/objects-endpoint.ts';
import { s3Incoming } from '../../shared/adapters/s3-incoming.ts';
import { s3Post } from '../../shared/adapters/s3-post.ts';
import { sha256 } from '../../shared/ids.ts';
import type { PostForm } from '../../shared/record/upload/store.ts';
import { incomingContract } from '../contracts/incoming.ts';
import { memoryUploads } from '../support/memory/uploads.ts';
import { withAwsEnv } from './aws-env.ts';

incomingContract('memory', async () => {
  const { incoming, objects } = memoryUploads();
  return {
    incoming,
    put: async (key, bytes) => void objects.set(key, bytes),
    close: async () => undefined,
  };
});

incomingContract('S3', async () => {
  const server = await startFauxqs({ port: 0, logger: false });
  server.createBucket('uploads');
  const undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}` });
  const client = new S3Client({});
  return {
    incoming: s3Incoming('uploads'),
    put: async (key, bytes) =>
      void (await client.send(new PutObjectCommand({ Bucket: 'uploads', Key: key, Body: bytes }))),
    close: async () => {
      client.destroy();
      undo();
      await server.stop();
    },
  };
});

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1';
const FILE = Buffer.from('<ClinicalDocument/>');

describe('a signed form', () => {
  let engine: FauxqsServer;
  let objects: ObjectsEndpoint;
  let undo: () => void;
  let form: PostForm;
  const put: string[] = [];
  beforeAll(async () => {
    engine = await startFauxqs({ port: 0, logger: false });
    objects = await startObjectsEndpoint(engine.address);
    const buckets = {
      announce: () => undefined,
      put: async (bucket: string, key: string, bytes: Uint8Array) => {
        put.push(`${bucket}/${key} ${bytes.length}`);
        return { eTag: '' };
      },
    };
    objects.serve(buckets, { knows: () => true, refusalOf: () => undefined });
    undo = withAwsEnv({
      AWS_ENDPOINT_URL_S3: objects.endpoint,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    });
    form = await s3Post(
      'uploads',
      KEY,
    )({
      key: 'incoming/upl_1',
      contentType: 'text/xml',
      sizeBytes: FILE.length,
      sha256: sha256(FILE),
      seconds: 900,
    });
  });
  afterAll(async () => {
    undo();
    await objects.close();
    await engine.stop();
  });

  async function post(file: Buffer, change: Readonly<Record<string, string>> = {}) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...form.fields, ...change })) {
      if (value !== '') body.append(name, value);
    }
    body.append('file', new Blob([Uint8Array.from(file)]));
    const answer = await fetch(form.url, { method: 'POST', body });
    return [answer.status, /<Code>(\w+)</.exec(await answer.text())?.[1]];
  }

  test('names everything that S3 is to hold it to', () => {
    const policy = JSON.parse(Buffer.from(form.fields['Policy'] ?? '', 'base64').toString());
    expect(policy.conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', FILE.length, FILE.length],
        { key: 'incoming/upl_1' },
        { bucket: 'uploads' },
        { 'Content-Type': 'text/xml' },
        { 'x-amz-checksum-algorithm': 'SHA256' },
        { 'x-amz-checksum-sha256': createHash('sha256').update(FILE).digest('base64') },
        { 'x-amz-server-side-encryption': 'aws:kms' },
        { 'x-amz-server-side-encryption-aws-kms-key-id': KEY },
      ]),
    );
    const seconds = (Date.parse(policy.expiration) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(850);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  test('puts the announced bytes, as often as it is posted', async () => {
    expect(await post(FILE)).toEqual([204, undefined]);
    expect(put).toEqual([`uploads/incoming/upl_1 ${FILE.length}`]);
  });

  test.each<[string, Buffer, Readonly<Record<string, string>>, string]>([
    ['one byte more', Buffer.concat([FILE, FILE.subarray(0, 1)]), {}, 'EntityTooLarge'],
    ['one byte fewer', FILE.subarray(1), {}, 'EntityTooSmall'],
    ['other bytes', Buffer.alloc(FILE.length), {}, 'BadDigest'],
    ['another key', FILE, { key: 'incoming/upl_2' }, 'AccessDenied'],
    ['another media type', FILE, { 'Content-Type': 'text/html' }, 'AccessDenied'],
    ['no checksum', FILE, { 'x-amz-checksum-sha256': '' }, 'AccessDenied'],
    ['no encryption', FILE, { 'x-amz-server-side-encryption': '' }, 'AccessDenied'],
    ['a field more', FILE, { acl: 'public-read' }, 'AccessDenied'],
  ])('puts nothing with %s', async (_, file, change, code) => {
    const before = put.length;
    expect((await post(file, change))[1]).toBe(code);
    expect(put).toHaveLength(before);
  });
});
