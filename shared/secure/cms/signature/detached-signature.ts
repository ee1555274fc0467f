import { sign } from 'node:crypto';
import type { Identity } from '../../keys.ts';
import { OID } from '../algorithms.ts';
import { issuerAndSerialNumberOf } from '../certificate-id.ts';
import { der, derOid, derSetOf, retagged, TAG } from '../der.ts';

const SHA256 = der(TAG.sequence, derOid(OID.sha256));
const VERSION = Uint8Array.of(TAG.integer, 1, 1);

/**
 * DER of SignedData without its content (RFC 5652 section 5.1), with the certificate of the signer and no other.
 *
 * @param digest SHA-256 of the content
 */
export function detachedSignature(digest: Uint8Array, signer: Identity, date: Date): Uint8Array {
  const body = der(
    TAG.sequence,
    VERSION,
    der(TAG.set, SHA256),
    der(TAG.sequence, derOid(OID.data)),
    der(TAG.constructed0, signer.certificate),
    der(TAG.set, signerInfo(digest, signer, date)),
  );
  return der(TAG.sequence, derOid(OID.signedData), der(TAG.constructed0, body));
}

function signerInfo(digest: Uint8Array, signer: Identity, date: Date): Uint8Array {
  const algorithm = algorithmOf(signer);
  const signed = derSetOf([
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.signingTime, timeOf(date)),
    attribute(OID.messageDigest, der(TAG.octetString, digest)),
    attribute(OID.algorithmProtection, algorithmProtection(algorithm)),
  ]);
  return der(
    TAG.sequence,
    VERSION,
    issuerAndSerialNumberOf(signer.certificate),
    SHA256,
    retagged(signed, TAG.constructed0),
    algorithm,
    der(TAG.octetString, sign('sha256', signed, signer.privateKey)),
  );
}

/** @throws Error on a key that is neither RSA nor EC */
function algorithmOf({ privateKey }: Identity): Uint8Array {
  const type = privateKey.asymmetricKeyType;
  if (type === 'ec') return der(TAG.sequence, derOid(OID.ecdsaWithSha256));
  if (type !== 'rsa') throw new Error('A signer needs an RSA or EC key');
  return der(TAG.sequence, derOid(OID.rsaEncryption), der(TAG.null));
}

const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der(TAG.sequence, derOid(type), der(TAG.set, value));

/** RFC 6211: which algorithms are used is signed too. */
function algorithmProtection(algorithm: Uint8Array): Uint8Array {
  return der(TAG.sequence, SHA256, retagged(algorithm, TAG.constructed1));
}

/** RFC 5652 section 11.3: UTCTime from 1950 through 2049. */
function timeOf(date: Date): Uint8Array {
  const digits = date.toISOString().replace(/\.\d+Z$|\D/g, '');
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? der(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : der(TAG.generalizedTime, Buffer.from(`${digits}Z`));
}
