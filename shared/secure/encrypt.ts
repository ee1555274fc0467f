import { createCipheriv, randomBytes, type Cipheriv } from 'node:crypto';
import { OID } from './cms/algorithms.ts';
import { der, derOid, derOpen, derSetOf, TAG } from './cms/der.ts';
import { transportKey, type KeyTransport } from './cms/envelope/key-transport.ts';
import { base64Between } from './mime/base64.ts';
import { headerLine } from './mime/header-line.ts';
import type { Chunks } from './wrap.ts';

export interface EncryptOptions {
  /** `rsaes-pkcs1-v1_5` when absent: the only one that every receiver reads. */
  readonly keyTransport?: KeyTransport;
}

const BLOCK_BYTES = 16;
/** Ciphertext goes from the cipher into base64 while it is still in the cache. */
const WINDOW_BYTES = 64 * 1024;

const HEADER =
  headerLine(
    'Content-Type',
    'application/pkcs7-mime; smime-type=enveloped-data;',
    'name="smime.p7m"',
  ) +
  headerLine('Content-Transfer-Encoding', 'base64') +
  headerLine('Content-Disposition', 'attachment; filename="smime.p7m"') +
  '\r\n';

/**
 * Encrypts a MIME entity with AES-256-CBC to the holders of all the certificates.
 *
 * @param outside header lines that stand before those of the new entity
 * @param recipients DER, at least one, each with an RSA key
 * @returns the new entity, whole: EnvelopedData in base64
 */
export function encryptChunks(
  outside: string,
  entity: Chunks,
  recipients: readonly Uint8Array[],
  { keyTransport = 'rsaes-pkcs1-v1_5' }: EncryptOptions = {},
): Uint8Array {
  if (recipients.length === 0) throw new Error('There is nobody to encrypt to');
  const key = randomBytes(32);
  const iv = randomBytes(BLOCK_BYTES);
  const plainBytes = entity.reduce((sum, { length }) => sum + length, 0);
  // PKCS #7 padding is one to sixteen bytes, so that it is never empty.
  const cipherBytes = plainBytes + BLOCK_BYTES - (plainBytes % BLOCK_BYTES);

  const infos = recipients.map((recipient) => transportKey(key, recipient, keyTransport));
  const frame = envelopeFrame(derSetOf(infos), iv, cipherBytes);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return base64Between(
    outside + HEADER,
    frame.length + cipherBytes,
    enciphered(frame, entity, cipher),
  );
}

/** All of EnvelopedData (RFC 5652 section 6.1) that stands before the ciphertext, which ends every level of it. */
function envelopeFrame(recipients: Uint8Array, iv: Uint8Array, cipherBytes: number): Uint8Array {
  const version = Uint8Array.of(TAG.integer, 1, 0);
  const algorithm = der(TAG.sequence, derOid(OID.aes256Cbc), der(TAG.octetString, iv));
  const octets = derOpen(TAG.implicit0, [], cipherBytes);
  const content = derOpen(TAG.sequence, [derOid(OID.data), algorithm, octets], cipherBytes);
  const enveloped = derOpen(TAG.sequence, [version, recipients, content], cipherBytes);
  const explicit = derOpen(TAG.constructed0, [enveloped], cipherBytes);
  return derOpen(TAG.sequence, [derOid(OID.envelopedData), explicit], cipherBytes);
}

function* enciphered(frame: Uint8Array, entity: Chunks, cipher: Cipheriv): Generator<Uint8Array> {
  yield frame;
  for (const chunk of entity) {
    for (let at = 0; at < chunk.length; at += WINDOW_BYTES) {
      yield cipher.update(chunk.subarray(at, at + WINDOW_BYTES));
    }
  }
  yield cipher.final();
}
