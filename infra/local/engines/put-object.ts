import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** The engine takes no more in one call: 11 MiB, with what is around the bytes. */
export const MAX_PUT_BYTES = 10 * 1024 * 1024;

/** Puts an object of any length, in parts if need be; answers its ETag. */
export async function putObject(
  client: S3Client,
  Bucket: string,
  Key: string,
  bytes: Uint8Array,
): Promise<string> {
  const at = { Bucket, Key };
  if (bytes.length <= MAX_PUT_BYTES) {
    const { ETag: eTag = '' } = await client.send(new PutObjectCommand({ ...at, Body: bytes }));
    return eTag;
  }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(at));
  const Parts: { readonly PartNumber: number; readonly ETag: string | undefined }[] = [];
  for (let from = 0; from < bytes.length; from += MAX_PUT_BYTES) {
    const PartNumber = Parts.length + 1;
    const Body = bytes.subarray(from, from + MAX_PUT_BYTES);
    const { ETag } = await client.send(
      new UploadPartCommand({ ...at, UploadId, PartNumber, Body }),
    );
    Parts.push({ PartNumber, ETag });
  }
  const whole = { ...at, UploadId, MultipartUpload: { Parts } };
  const { ETag: eTag = '' } = await client.send(new CompleteMultipartUploadCommand(whole));
  return eTag;
}
