import { usesOfKey, type KeyOf, type KeyUse } from '../encryption.ts';
import type { Call } from '../statement.ts';
import { COMMON_CONTEXT, type Asked, type ReadCalls } from './asked.ts';

interface Object {
  readonly bucket: string;
  readonly key: string;
}

/** Buckets stand in the path: the address has no name in front of which they could. */
export function objectIn(url: string): Object & { readonly query: URLSearchParams } {
  const { pathname, searchParams: query } = new URL(url, 'http://objects');
  const [, bucket = '', ...names] = pathname.split('/');
  return { bucket, key: decodeURIComponent(names.join('/')), query };
}

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;

/** Of an object that is put by a call, or by a form. */
export function puttingCalls(
  { bucket, key }: Object,
  header: (name: string) => string | undefined,
  byForm: { readonly ageMs: number } | undefined,
  keyOf: KeyOf,
): readonly Call[] {
  const encryption = ['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id']; // prettier-ignore
  const said = encryption.flatMap((name) => {
    const value = header(name.slice('s3:'.length));
    return value === undefined ? [] : [[name, [value]] as const];
  });
  const context = {
    ...COMMON_CONTEXT,
    's3:authType': [byForm ? 'POST' : 'REST-HEADER'],
    ...(byForm && { 's3:signatureAge': [String(byForm.ageMs)] }),
    ...Object.fromEntries(said),
  };
  return [
    { action: 's3:PutObject', resource: `${bucketArn(bucket)}/${key}`, context },
    ...usesOfKey(keyOf(bucketArn(bucket)), 's3', ['kms:GenerateDataKey']),
  ];
}

export const listing = (bucket: string): Call => ({
  action: 's3:ListBucket',
  resource: bucketArn(bucket),
  context: COMMON_CONTEXT,
});

export const s3Calls =
  (keyOf: KeyOf): ReadCalls =>
  (asked) => {
    const { bucket, key, query } = objectIn(asked.url);
    const isPlain = [...query.keys()].every((name) => name === 'x-id' || name === 'list-type' || name === 'prefix'); // prettier-ignore
    if (key === '' && isPlain && /^(GET|HEAD)$/.test(asked.method)) return [listing(bucket)];
    const on = (action: string, uses: readonly KeyUse[] = []): readonly Call[] => [
      { action, resource: `${bucketArn(bucket)}/${key}`, context: COMMON_CONTEXT },
      ...usesOfKey(keyOf(bucketArn(bucket)), 's3', uses),
    ];
    if (!isPlain || key === '') return on(`s3:${asked.method}`);
    switch (asked.method) {
      case 'GET':
        return on('s3:GetObject', ['kms:Decrypt']);
      case 'HEAD':
        return on('s3:GetObject');
      case 'DELETE':
        return on('s3:DeleteObject');
      case 'PUT':
        return isCopy(asked) ? on('s3:CopyObject') : puttingCalls({ bucket, key }, headerOf(asked), undefined, keyOf); // prettier-ignore
      default:
        return on(`s3:${asked.method}`);
    }
  };

const isCopy = ({ headers }: Asked): boolean => headers['x-amz-copy-source'] !== undefined;

const headerOf =
  ({ headers }: Asked) =>
  (name: string): string | undefined =>
    headers[name]?.toString();
