import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import type { Incoming } from '../record/upload/store.ts';
import { gather } from './outbound/gather.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** The bucket that systems post documents to. Whoever asks for an object that is not there needs leave to list the bucket. */
export function s3Incoming(bucket: string): Incoming {
  const s3 = new S3Client({ requestHandler: REQUEST_HANDLER });
  return {
    async read(key, mostBytes) {
      try {
        const { Body, ContentLength } = await s3.send(
          new GetObjectCommand({ Bucket: bucket, Key: key }),
        );
        if (!Body) throw new Error('S3 answered without a body');
        const bytes = gather(mostBytes, ContentLength);
        for await (const piece of Body as AsyncIterable<Uint8Array>) {
          if (!bytes.add(piece)) return 'too-large';
        }
        return bytes.bytes();
      } catch (error) {
        if (error instanceof NoSuchKey) return 'gone';
        throw error;
      }
    },
    async remove(key) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}
