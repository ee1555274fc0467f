import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { CREDENTIALS } from '../engines/credentials.ts';
import { breachOf, policyIn, type PostRefusal } from './post-policy.ts';

/** A form that was posted to a bucket. */
export interface Post {
  readonly bucket: string;
  /** All but the file; names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Uint8Array;
}

/** Whose signatures under forms count: a form does what its signer may do. */
export interface Signers {
  knows(accessKeyId: string): boolean;
  /** Why the signer may not put it. @param signedAt of the policy */
  refusalOf(accessKeyId: string, post: Post, signedAt: Date): PostRefusal | undefined;
}

/**
 * Why S3 would not take a form: the engine behind looks at none of it, so a form that works here would fail there.
 *
 * @returns nothing when it would take it
 */
export function refusalOf(post: Post, now: Date, signers: Signers): PostRefusal | undefined {
  const { bucket, fields, file } = post;
  const encoded = fields.get('policy') ?? '';
  const policy = policyIn(encoded);
  if (!policy) return [400, 'InvalidPolicyDocument', 'The policy is none.'];
  if (!fields.get('key')) return [400, 'InvalidArgument', 'The field key is missing.'];
  return (
    signatureRefusal(fields, encoded, signers) ??
    breachOf(policy, new Map([...fields, ['bucket', bucket]]), file.length, now) ??
    checksumRefusal(fields, file) ??
    signers.refusalOf(signerOf(fields), post, dateIn(fields.get('x-amz-date') ?? ''))
  );
}

const signerOf = (fields: Post['fields']): string =>
  (fields.get('x-amz-credential') ?? '').split('/')[0] ?? '';

/** `20261122T000000Z` */
const dateIn = (text: string): Date =>
  new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Signature version 4 of the policy as it stands in the form. */
function signatureRefusal(
  fields: ReadonlyMap<string, string>,
  policy: string,
  signers: Signers,
): PostRefusal | undefined {
  const [accessKeyId = '', date = '', region = '', service, end] = (
    fields.get('x-amz-credential') ?? ''
  ).split('/');
  if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    return [400, 'InvalidArgument', 'The algorithm is AWS4-HMAC-SHA256.'];
  }
  if (!signers.knows(accessKeyId) || service !== 's3' || end !== 'aws4_request') {
    return [403, 'InvalidAccessKeyId', 'The access key is not known here.'];
  }
  const key = [date, region, service, end].reduce<Uint8Array>(
    hmac,
    Buffer.from(`AWS4${CREDENTIALS.secretAccessKey}`),
  );
  const expected = hmac(key, policy);
  const given = Buffer.from(fields.get('x-amz-signature') ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? undefined
    : [403, 'SignatureDoesNotMatch', 'The signature is not that of the policy.'];
}

const hmac = (key: Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

function checksumRefusal(
  fields: ReadonlyMap<string, string>,
  file: Uint8Array,
): PostRefusal | undefined {
  const wanted = fields.get('x-amz-checksum-sha256');
  if (wanted === undefined) return undefined;
  return createHash('sha256').update(file).digest('base64') === wanted
    ? undefined
    : [400, 'BadDigest', 'The SHA256 you specified did not match the calculated checksum.'];
}
