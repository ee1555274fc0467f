import { createHash } from 'node:crypto';
import type { MessageId } from '../../../shared/ids.ts';
import { envelopeFor, type EncryptOptions } from '../../../shared/secure/encrypt.ts';
import type { SigningIdentity } from '../../../shared/secure/keys.ts';
import { signedFrame } from '../../../shared/secure/sign.ts';

/** A signed entity by itself, with no message around it. */
export async function signEntity(
  entity: Uint8Array,
  signer: SigningIdentity,
  date: Date,
): Promise<Uint8Array> {
  const frame = signedFrame(signer, date, 'entity@example.org' as MessageId);
  const digest = createHash('sha256').update(entity).digest();
  return Buffer.concat([frame.head, entity, await frame.tail(digest)]);
}

/** An encrypted entity by itself. @param outside header lines before its own */
export function encryptEntity(
  entity: Uint8Array,
  recipients: readonly Uint8Array[],
  options: EncryptOptions = {},
  outside = '',
): Uint8Array {
  const encryption = envelopeFor(outside, entity.length, recipients, options).fill();
  encryption.write(entity);
  return encryption.end();
}
