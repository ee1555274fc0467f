import { X509Certificate, type KeyObject } from 'node:crypto';
import { certificateIdOf } from '../../trust/cms/certificate-id.ts';
import { der, TAG } from '../../trust/cms/der.ts';

/** The other side of a message, as it is written: its certificate's name in CMS, and its key. */
export interface Named {
  /** IssuerAndSerialNumber, DER. */
  readonly issuerAndSerialNumber: Uint8Array;
  readonly publicKey: KeyObject;
  readonly keyType: KeyObject['asymmetricKeyType'];
}

/** The same certificate signs message after message: what was read off it is kept for as long as its bytes are. */
const NAMED = new WeakMap<Uint8Array, Named>();

/**
 * @param certificate DER, never changed
 * @throws Error when the bytes are no certificate: whoever encrypts or signs has checked that
 */
export function named(certificate: Uint8Array): Named {
  const known = NAMED.get(certificate);
  if (known) return known;
  const id = certificateIdOf(certificate);
  if (!id) throw new Error('These bytes are no certificate');
  const { publicKey } = new X509Certificate(certificate);
  const read = {
    issuerAndSerialNumber: der(TAG.sequence, id.issuer, id.serial),
    publicKey,
    keyType: publicKey.asymmetricKeyType,
  };
  NAMED.set(certificate, read);
  return read;
}
