import type { Signers } from '../http/presigned-post.ts';
import { puttingCalls } from './calls/s3-calls.ts';
import type { KeyOf } from './encryption.ts';
import type { Privileges } from './privileges.ts';

/** A form puts what its signer may put, in the signer's name, whoever posts it. */
export const signersOf = (privileges: Privileges, keyOf: KeyOf): Signers => ({
  knows: (accessKeyId) => privileges.knows(accessKeyId),
  refusalOf(accessKeyId, { bucket, fields }, signedAt) {
    const key = fields.get('key') ?? '';
    const byForm = { ageMs: Date.now() - signedAt.getTime() };
    const calls = puttingCalls({ bucket, key }, (name) => fields.get(name), byForm, keyOf);
    const refusal = privileges.refusalOf(accessKeyId, calls);
    return refusal && [403, 'AccessDenied', refusal.message];
  },
});
