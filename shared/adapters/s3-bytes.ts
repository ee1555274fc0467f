import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { BytesStore } from '../record/store.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** A bucket as a store of bytes. Encryption, lifetime and versions are the bucket's own settings. */
export function s3Bytes(bucket: string): BytesStore {
  const s3 = new S3Client({ requestHandler: REQUEST_HANDLER });
  return {
    async put(key, bytes) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: 'application/octet-stream',
        }),
      );
    },
    async get(key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!Body) throw new Error('S3 answered without a body');
      return Body.transformToByteArray();
    },
  };
}
