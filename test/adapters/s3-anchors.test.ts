import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { s3Anchors } from '../../shared/adapters/s3-anchors.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { anchorStoreContract } from '../contracts/anchor-store.ts';
import { memoryAnchors } from '../support/memory/anchor-store.ts';
import { withAwsEnv } from './aws-env.ts';

async function bucket(): Promise<{ readonly server: FauxqsServer; close: () => Promise<void> }> {
  const server = await startFauxqs({ port: 0, logger: false });
  server.createBucket('trust');
  const undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}` });
  return {
    server,
    close: async () => {
      undo();
      await server.stop();
    },
  };
}

const jsonOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

anchorStoreContract('the memory store', async () => ({
  store: memoryAnchors(),
  close: async () => undefined,
}));

anchorStoreContract('an S3 bucket', async () => {
  const { close } = await bucket();
  return { store: s3Anchors('trust'), close };
});

describe('anchors in a bucket', () => {
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ close } = await bucket());
  });
  afterAll(() => close());

  const digest = '0'.repeat(64);
  const bundle = { source: digest, digest, anchors: ['AAAA'] };

  test('are read as they lie there', async () => {
    await s3Bytes('trust').put('bundles/even/anchors.json', jsonOf({ version: 1, kept: bundle }));
    expect(await s3Anchors('trust').read('even')).toEqual({
      ...bundle,
      anchors: [Buffer.alloc(3)],
    });
  });

  test.each([
    ['of another version', jsonOf({ version: 2, kept: bundle })],
    ['of an unknown source', jsonOf({ version: 1, kept: { ...bundle, source: undefined } })],
    ['no base64', jsonOf({ version: 1, kept: { ...bundle, anchors: ['%'] } })],
    ['no JSON', Buffer.from('{')],
  ])('are none when they are %s: the bundle is fetched again', async (_, bytes) => {
    await s3Bytes('trust').put('bundles/odd/anchors.json', bytes);
    expect(await s3Anchors('trust').read('odd')).toBeUndefined();
  });

  test('that cannot be asked for are no answer', async () => {
    await expect(s3Anchors('no-such-bucket').read('any')).rejects.toThrow(/bucket/);
  });
});
