import { DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { ObjectRemover, Objects } from '../report/retention/store.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** The buckets out of which things are taken when they have been kept for their time. */
export function s3Removal(buckets: Readonly<Record<Objects['bucket'], string>>): ObjectRemover {
  const s3 = new S3Client({ requestHandler: REQUEST_HANDLER });
  return {
    async remove({ bucket, name }) {
      const Bucket = buckets[bucket];
      let removed = 0;
      for (;;) {
        const asked = new ListObjectsV2Command({ Bucket, Prefix: name });
        const { Contents = [], IsTruncated } = await s3.send(asked);
        const keys = Contents.flatMap(({ Key }) => Key ?? []).filter(
          (key) => name.endsWith('/') || key === name,
        );
        for (const Key of keys) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
        removed += keys.length;
        if (!IsTruncated || keys.length === 0) return removed;
      }
    },
  };
}
