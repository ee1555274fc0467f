import type { SigningIdentity } from '../../keys.ts';
import { OID, RSA_ENCRYPTION, SHA256 } from '../../../trust/cms/algorithms.ts';
import { named } from '../named.ts';
import { der, derOid, derSetOf, retagged, TAG } from '../../../trust/cms/der.ts';

const VERSION = Uint8Array.of(TAG.integer, 1, 1);

/** An AlgorithmIdentifier, DER, of each kind of signature. */
const ALGORITHMS: Readonly<Record<SigningIdentity['algorithm'], Uint8Array>> = {
  rsa: RSA_ENCRYPTION,
  ecdsa: der(TAG.sequence, derOid(OID.ecdsaWithSha256)),
};

/**
 * DER of SignedData without its content (RFC 5652 section 5.1), with the certificate of the signer and no other.
 *
 * @param digest SHA-256 of the content
 */
export async function detachedSignature(
  digest: Uint8Array,
  signer: SigningIdentity,
  date: Date,
): Promise<Uint8Array> {
  const attributes = signedAttributes(digest, signer, date);
  return signedData(attributes, signer, await signer.sign(attributes));
}

/** How long such a signature will be: exact for RSA, the most for ECDSA. */
export function detachedSignatureBytes(signer: SigningIdentity, date: Date): number {
  const attributes = signedAttributes(new Uint8Array(DIGEST_BYTES), signer, date);
  return signedData(attributes, signer, new Uint8Array(signer.signatureBytes)).length;
}

const DIGEST_BYTES = 32;

const signedAttributes = (
  digest: Uint8Array,
  { algorithm }: SigningIdentity,
  date: Date,
): Uint8Array =>
  derSetOf([
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.signingTime, timeOf(date)),
    attribute(OID.messageDigest, der(TAG.octetString, digest)),
    attribute(OID.algorithmProtection, algorithmProtection(ALGORITHMS[algorithm])),
  ]);

function signedData(
  attributes: Uint8Array,
  { certificate, algorithm }: SigningIdentity,
  signature: Uint8Array,
): Uint8Array {
  const signerInfo = der(
    TAG.sequence,
    VERSION,
    named(certificate).issuerAndSerialNumber,
    SHA256,
    retagged(attributes, TAG.constructed0),
    ALGORITHMS[algorithm],
    der(TAG.octetString, signature),
  );
  const body = der(
    TAG.sequence,
    VERSION,
    der(TAG.set, SHA256),
    der(TAG.sequence, derOid(OID.data)),
    der(TAG.constructed0, certificate),
    der(TAG.set, signerInfo),
  );
  return der(TAG.sequence, derOid(OID.signedData), der(TAG.constructed0, body));
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
