import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { SignPost } from '../record/upload/store.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/**
 * Signs forms for a bucket (POST policy, signature version 4). S3 itself holds every form to it: the key, the media type,
 * the very size and SHA-256, and the key in KMS, without whose name S3 would take one that is not ours.
 *
 * @param kmsKey ARN
 */
export function s3Post(bucket: string, kmsKey: string): SignPost {
  const client = new S3Client({ requestHandler: REQUEST_HANDLER });
  return async ({ key, contentType, sizeBytes, sha256, seconds }) => {
    const { url, fields } = await createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Expires: seconds,
      Fields: {
        'Content-Type': contentType,
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': kmsKey,
      },
      Conditions: [['content-length-range', sizeBytes, sizeBytes]],
    });
    return { url, fields };
  };
}
