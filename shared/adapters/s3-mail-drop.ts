import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { MailDrop } from '../notification/mail-drop.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** Others put the same key at the same moment: S3 answers 409 until one of them has won. */
const TRIES = 5;

/** A bucket into which mail is put once: S3 itself decides who was first, and needs no leave to read for it. */
export function s3MailDrop(bucket: string): MailDrop {
  const s3 = new S3Client({ requestHandler: REQUEST_HANDLER });
  return {
    async putOnce(key, bytes) {
      for (let tries = 1; ; tries += 1) {
        try {
          await s3.send(
            new PutObjectCommand({
              Bucket: bucket,
              Key: key,
              Body: bytes,
              ContentType: 'application/octet-stream',
              IfNoneMatch: '*',
            }),
          );
          return 'put';
        } catch (error) {
          const status = statusOf(error);
          if (status === 412) return 'there';
          if (status !== 409 || tries === TRIES) throw error;
        }
      }
    },
  };
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
