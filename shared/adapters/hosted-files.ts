import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { HostedFile, HostedFiles } from '../hosted-files.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** A bucket whose objects CloudFront gives out, each under its key and with the headers that are kept with it. */
export function s3HostedFiles(bucket: string): HostedFiles {
  const s3 = new S3Client({ requestHandler: REQUEST_HANDLER });
  return {
    async put({ path, body, contentType, cacheControl }) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: path,
          Body: body,
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },
  };
}

/**
 * Reads the files that were packed with the function.
 *
 * @param path relative to the bundle, beside which the file lies, as `readSettings` has it
 * @throws Error when the file is absent or no JSON
 */
export function readHostedFiles(
  path: string,
  root: string = import.meta.dirname,
): readonly HostedFile[] {
  const file = resolve(root, path);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly HostedFile[];
  } catch (cause) {
    throw new Error(`The files of the hosted pages ${file} cannot be read`, { cause });
  }
}
