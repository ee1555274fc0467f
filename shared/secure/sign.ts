import { createHash } from 'node:crypto';
import { detachedSignature } from './cms/signature/detached-signature.ts';
import type { SigningIdentity } from './keys.ts';
import { base64Between } from './mime/base64.ts';
import { boundaryOf, headerLine } from './mime/header-line.ts';
import type { Chunks } from './wrap.ts';

/**
 * Signs a MIME entity: multipart/signed around the very bytes, with a detached SHA-256 signature beside them that
 * carries the signer's certificate and no other.
 *
 * @param entity Content-* header lines, blank line, body; CRLF
 * @param date the signing time; the same entity at the same time is signed with the same bytes (RSA)
 */
export async function signChunks(
  entity: Chunks,
  signer: SigningIdentity,
  date: Date,
): Promise<Chunks> {
  const hash = createHash('sha256');
  for (const chunk of entity) hash.update(chunk);
  const digest = hash.digest();
  const boundary = boundaryOf(digest, 'signed');
  const head = [
    headerLine(
      'Content-Type',
      'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha256;',
      `boundary="${boundary}"`,
    ),
    `\r\n--${boundary}\r\n`,
  ].join('');
  const signatureHead = [
    `\r\n--${boundary}\r\n`,
    headerLine(
      'Content-Type',
      'application/pkcs7-signature; smime-type=signed-data;',
      'name="smime.p7s"',
    ),
    headerLine('Content-Transfer-Encoding', 'base64'),
    headerLine('Content-Disposition', 'attachment; filename="smime.p7s"'),
    '\r\n',
  ].join('');
  const signature = await detachedSignature(digest, signer, date);
  const tail = `\r\n--${boundary}--\r\n`;
  return [
    Buffer.from(head),
    ...entity,
    base64Between(signatureHead, signature.length, [signature], tail),
  ];
}
