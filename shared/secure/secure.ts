import { sha256, type DirectAddress, type MessageId, type Sha256 } from '../ids.ts';
import type { Draft } from './draft.ts';
import { encryptChunks, type EncryptOptions } from './encrypt.ts';
import { innerMessage } from './inner-message.ts';
import type { SigningIdentity } from './keys.ts';
import { signChunks } from './sign.ts';
import { wrapMessage, type Outside } from './wrap.ts';

/** A message that is ready for the relay. */
export interface SecuredMessage {
  /** Complete RFC 5322 bytes. */
  readonly bytes: Uint8Array;
  /** Of those bytes. */
  readonly sha256: Sha256;
  readonly messageId: MessageId;
  readonly from: DirectAddress;
  readonly to: DirectAddress;
}

/** Any message, and what is to be readable of it on its way. */
export interface Unsecured extends Outside {
  /** RFC 5322 bytes, CRLF, 7-bit. */
  readonly inner: Uint8Array;
}

/** Secures a copy of a record: wrapped whole, signed by the sender, encrypted to every certificate of the recipient. */
export const secureMessage = (
  draft: Draft,
  signer: SigningIdentity,
  recipients: readonly Uint8Array[],
  options: EncryptOptions = {},
): Promise<SecuredMessage> =>
  secureBytes({ ...draft, inner: innerMessage(draft) }, signer, recipients, options);

/** Secures any message in the same way: a delivery notice, for one. */
export async function secureBytes(
  { inner, ...outside }: Unsecured,
  signer: SigningIdentity,
  recipients: readonly Uint8Array[],
  options: EncryptOptions = {},
): Promise<SecuredMessage> {
  const wrapped = wrapMessage(inner, outside);
  const signed = await signChunks(wrapped.entity, signer, outside.date);
  const bytes = encryptChunks(wrapped.outside, signed, recipients, options);
  const { messageId, from, to } = outside;
  return { bytes, sha256: sha256(bytes), messageId, from, to };
}
