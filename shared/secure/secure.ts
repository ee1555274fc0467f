import { createHash } from 'node:crypto';
import type { DirectAddress, MessageId } from '../ids.ts';
import type { Draft } from './draft.ts';
import { envelopeFor, type EncryptOptions } from './encrypt.ts';
import { innerMessage } from './inner-message.ts';
import type { SigningIdentity } from './keys.ts';
import { piecesOf, type Pieces } from './pieces.ts';
import { signedFrame } from './sign.ts';
import { wrapMessage, type Outside } from './wrap.ts';

/** A message that is ready for the relay. */
export interface SecuredMessage {
  /** Complete RFC 5322 bytes. */
  readonly bytes: Uint8Array;
  readonly messageId: MessageId;
  readonly from: DirectAddress;
  readonly to: DirectAddress;
}

/** A message that is addressed and not yet signed or encrypted. */
export interface Sealable {
  /** Of the finished message, to the byte. */
  readonly sizeBytes: number;
  /** Once. */
  seal(): Promise<SecuredMessage>;
}

/**
 * Prepares a copy of a record: wrapped whole, signed by the sender, encrypted to every certificate of the recipient.
 * Nothing of the record is touched before it is sealed.
 *
 * @param recipients DER, at least one, each with an RSA key
 */
export const sealable = (
  draft: Draft,
  signer: SigningIdentity,
  recipients: readonly Uint8Array[],
  options: EncryptOptions = {},
): Sealable => sealableBytes(innerMessage(draft), draft, signer, recipients, options);

/**
 * Prepares any message in the same way: a delivery notice, for one. Its bytes pass by once: each piece is hashed and
 * encrypted while it is in the cache, and the signature comes behind the last.
 *
 * @param inner RFC 5322 bytes, CRLF, 7-bit
 */
function sealableBytes(
  inner: Pieces,
  outside: Outside,
  signer: SigningIdentity,
  recipients: readonly Uint8Array[],
  options: EncryptOptions = {},
): Sealable {
  const { messageId, from, to, date } = outside;
  const wrapped = wrapMessage(inner, outside);
  const frame = signedFrame(signer, date, messageId);
  const plainBytes = frame.sizeBytes + wrapped.entity.sizeBytes;
  const envelope = envelopeFor(wrapped.outside, plainBytes, recipients, options);
  return {
    sizeBytes: envelope.sizeBytes,
    async seal() {
      const encryption = envelope.fill();
      const hash = createHash('sha256');
      encryption.write(frame.head);
      for (const piece of wrapped.entity) {
        hash.update(piece);
        encryption.write(piece);
      }
      encryption.write(await frame.tail(hash.digest()));
      return { bytes: encryption.end(), messageId, from, to };
    },
  };
}

/** Seals a copy of a record whatever its size. */
export const secureMessage = async (
  ...asked: Parameters<typeof sealable>
): Promise<SecuredMessage> => sealable(...asked).seal();

/** Any message that is all there, and what is to be readable of it on its way. */
export interface Unsecured extends Outside {
  /** RFC 5322 bytes, CRLF, 7-bit. */
  readonly inner: Uint8Array;
}

/** Seals any message whatever its size. */
export const secureBytes = async (
  { inner, ...outside }: Unsecured,
  signer: SigningIdentity,
  recipients: readonly Uint8Array[],
  options: EncryptOptions = {},
): Promise<SecuredMessage> =>
  sealableBytes(piecesOf(inner), outside, signer, recipients, options).seal();
