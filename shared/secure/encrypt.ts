import { createCipheriv, randomBytes } from 'node:crypto';
import { OID } from '../trust/cms/algorithms.ts';
import { der, derOid, derOpen, derSetOf, TAG } from '../trust/cms/der.ts';
import { transportKey, type KeyTransport } from './cms/envelope/key-transport.ts';
import { Base64Body, linesLength } from './mime/base64.ts';
import { headerLine } from './mime/header-line.ts';

export interface EncryptOptions {
  /** `rsaes-pkcs1-v1_5` when absent: the only one that every receiver reads. */
  readonly keyTransport?: KeyTransport;
}

const BLOCK_BYTES = 16;

const HEADER =
  headerLine(
    'Content-Type',
    'application/pkcs7-mime; smime-type=enveloped-data;',
    'name="smime.p7m"',
  ) +
  headerLine('Content-Transfer-Encoding', 'base64') +
  headerLine('Content-Disposition', 'attachment; filename="smime.p7m"') +
  '\r\n';

/** A MIME entity on its way into EnvelopedData. Whoever has written all of it gets the new entity, whole. */
export interface Encryption {
  write(piece: Uint8Array): void;
  end(): Uint8Array;
}

/** An envelope that is addressed and not yet filled. */
export interface Envelope {
  /** Of the new entity, header and all. */
  readonly sizeBytes: number;
  /** Once. */
  fill(): Encryption;
}

/**
 * Makes an envelope for a MIME entity, which will be encrypted with AES-256-CBC to the holders of all the certificates.
 *
 * @param outside header lines that stand before those of the new entity
 * @param plainBytes what the entity comes to; it is a bug when it does not
 * @param recipients DER, at least one, each with an RSA key
 */
export function envelopeFor(
  outside: string,
  plainBytes: number,
  recipients: readonly Uint8Array[],
  { keyTransport = 'rsaes-pkcs1-v1_5' }: EncryptOptions = {},
): Envelope {
  if (recipients.length === 0) throw new Error('There is nobody to encrypt to');
  const key = randomBytes(32);
  const iv = randomBytes(BLOCK_BYTES);
  // PKCS #7 padding is one to sixteen bytes, so that it is never empty.
  const cipherBytes = plainBytes + BLOCK_BYTES - (plainBytes % BLOCK_BYTES);
  const infos = recipients.map((recipient) => transportKey(key, recipient, keyTransport));
  const frame = envelopeFrame(derSetOf(infos), iv, cipherBytes);
  const head = outside + HEADER;
  const bodyBytes = frame.length + cipherBytes;
  let isFilled = false;
  return {
    sizeBytes: head.length + linesLength(bodyBytes),
    fill() {
      // The same key and initialization vector over two contents would tell both.
      if (isFilled) throw new Error('An envelope is filled once');
      isFilled = true;
      const cipher = createCipheriv('aes-256-cbc', key, iv);
      const body = new Base64Body(head, bodyBytes);
      body.write(frame);
      return {
        write: (piece) => body.write(cipher.update(piece)),
        end() {
          body.write(cipher.final());
          return body.end();
        },
      };
    },
  };
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
