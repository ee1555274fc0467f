import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { s3Removal } from '../../shared/adapters/s3-removal.ts';
import type { ObjectRemover } from '../../shared/report/retention/store.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import { memoryBytes, memoryRemoval } from '../support/memory/bytes.ts';
import { withAwsEnv } from './aws-env.ts';

interface Buckets {
  readonly messages: BytesStore;
  readonly records: BytesStore;
  readonly remover: ObjectRemover;
  readonly close: () => Promise<void>;
}

async function inMemory(): Promise<Buckets> {
  const buckets = { messages: memoryBytes(), records: memoryBytes() };
  return { ...buckets, remover: memoryRemoval(buckets), close: async () => undefined };
}

async function inS3(): Promise<Buckets> {
  const server = await startFauxqs({ port: 0, logger: false });
  for (const name of ['messages', 'records']) server.createBucket(name);
  const undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}` });
  return {
    messages: s3Bytes('messages'),
    records: s3Bytes('records'),
    remover: s3Removal({ messages: 'messages', records: 'records' }),
    close: async () => {
      undo();
      await server.stop();
    },
  };
}

const isThere = (store: BytesStore, key: string): Promise<boolean> =>
  store.get(key).then(
    () => true,
    () => false,
  );

describe.each([
  ['buckets in memory', inMemory],
  ['buckets of S3', inS3],
])('what is taken out of %s', (_, open) => {
  let buckets: Buckets;
  beforeAll(async () => {
    buckets = await open();
  });
  afterAll(() => buckets.close());

  test('is all that lies in a folder, and in no folder whose name goes on', async () => {
    const { messages, remover } = buckets;
    const keys = ['outgoing/tx_a/1', 'outgoing/tx_a/2', 'outgoing/tx_ab/1'];
    for (const key of keys) await messages.put(key, Buffer.from(key));
    expect(await remover.remove({ bucket: 'messages', name: 'outgoing/tx_a/' })).toBe(2);
    expect(await Promise.all(keys.map((key) => isThere(messages, key)))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('is one object, and none whose name begins like it, in that bucket only', async () => {
    const { messages, records, remover } = buckets;
    const [one, longer] = ['documents/p/d/abc.1', 'documents/p/d/abc.12'];
    await records.put(one, Buffer.from('1'));
    await records.put(longer, Buffer.from('2'));
    await messages.put(one, Buffer.from('3'));
    expect(await remover.remove({ bucket: 'records', name: one })).toBe(1);
    expect(await isThere(records, one)).toBe(false);
    expect(await isThere(records, longer)).toBe(true);
    expect(await isThere(messages, one)).toBe(true);
  });

  test('may be nothing', async () => {
    expect(await buckets.remover.remove({ bucket: 'records', name: 'documents/none' })).toBe(0);
  });
});
