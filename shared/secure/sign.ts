import { detachedSignature, detachedSignatureBytes } from './cms/signature/detached-signature.ts';
import type { SigningIdentity } from './keys.ts';
import { base64Between, linesLength } from './mime/base64.ts';
import { boundaryOf, headerLine } from './mime/header-line.ts';
import type { MessageId } from '../ids.ts';

/** What stands before and behind an entity once it is signed. */
export interface SignedFrame {
  readonly head: Uint8Array;
  /** Of head and tail together. */
  readonly sizeBytes: number;
  /** @param digest SHA-256 of the entity */
  tail(digest: Uint8Array): Promise<Uint8Array>;
}

const SIGNATURE_HEADER =
  headerLine(
    'Content-Type',
    'application/pkcs7-signature; smime-type=signed-data;',
    'name="smime.p7s"',
  ) +
  headerLine('Content-Transfer-Encoding', 'base64') +
  headerLine('Content-Disposition', 'attachment; filename="smime.p7s"') +
  '\r\n';

/**
 * Frames a MIME entity as multipart/signed: the very bytes, and behind them a detached SHA-256 signature that carries
 * the signer's certificate and no other. The signature comes last, so the entity can pass by once, piece by piece.
 *
 * @param date the signing time; the same entity at the same time is signed with the same bytes (RSA)
 * @param messageId what the boundary is made of: nobody guesses it who writes a part of the entity
 */
export function signedFrame(
  signer: SigningIdentity,
  date: Date,
  messageId: MessageId,
): SignedFrame {
  const boundary = boundaryOf(messageId, 'signed');
  const head = [
    headerLine(
      'Content-Type',
      'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha256;',
      `boundary="${boundary}"`,
    ),
    `\r\n--${boundary}\r\n`,
  ].join('');
  const beforeSignature = `\r\n--${boundary}\r\n${SIGNATURE_HEADER}`;
  const behindSignature = `\r\n--${boundary}--\r\n`;
  const longest = linesLength(detachedSignatureBytes(signer, date));
  const tailBytes = beforeSignature.length + longest + behindSignature.length;
  return {
    head: Buffer.from(head),
    sizeBytes: head.length + tailBytes,
    async tail(digest) {
      const signature = await detachedSignature(digest, signer, date);
      // ECDSA signatures differ in length; what stands behind the last boundary nobody reads.
      const blanks = ' '.repeat(longest - linesLength(signature.length));
      return base64Between(beforeSignature, signature, behindSignature + blanks);
    },
  };
}
