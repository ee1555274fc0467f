import { encryptChunks, type EncryptOptions } from '../../../shared/secure/encrypt.ts';
import type { SigningIdentity } from '../../../shared/secure/keys.ts';
import { signChunks } from '../../../shared/secure/sign.ts';

/** `signChunks` for an entity that is in one piece. */
export const signEntity = async (
  entity: Uint8Array,
  signer: SigningIdentity,
  date: Date,
): Promise<Uint8Array> => Buffer.concat(await signChunks([entity], signer, date));

/** `encryptChunks` for an entity that is in one piece, with no header lines before it. */
export const encryptEntity = (
  entity: Uint8Array,
  recipients: readonly Uint8Array[],
  options: EncryptOptions = {},
): Uint8Array => encryptChunks('', [entity], recipients, options);
