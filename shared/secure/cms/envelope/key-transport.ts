import {
  constants,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { hashOf, OID, optionalFields } from '../algorithms.ts';
import { attempt } from '../attempt.ts';
import { octetChunks, oidOf, type Ber } from '../ber.ts';
import { issuerAndSerialNumberOf } from '../certificate-id.ts';
import { der, derOid, TAG } from '../der.ts';

export type KeyTransport = 'rsaes-pkcs1-v1_5' | 'rsaes-oaep-sha256';

const SHA256 = der(TAG.sequence, derOid(OID.sha256));

/** AlgorithmIdentifiers, DER. */
const ALGORITHMS: Readonly<Record<KeyTransport, Uint8Array>> = {
  'rsaes-pkcs1-v1_5': der(TAG.sequence, derOid(OID.rsaEncryption), der(TAG.null)),
  'rsaes-oaep-sha256': der(
    TAG.sequence,
    derOid(OID.rsaesOaep),
    der(
      TAG.sequence,
      der(TAG.constructed0, SHA256),
      der(TAG.constructed1, der(TAG.sequence, derOid(OID.mgf1), SHA256)),
    ),
  ),
};

const PADDINGS: Readonly<Record<KeyTransport, Padding>> = {
  'rsaes-pkcs1-v1_5': { padding: constants.RSA_PKCS1_PADDING },
  'rsaes-oaep-sha256': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
};

interface Padding {
  readonly padding: number;
  readonly oaepHash?: string;
}

/**
 * DER of a KeyTransRecipientInfo (RFC 5652 section 6.2.1): the content key, readable by the holder of one certificate.
 *
 * @throws Error on a certificate without an RSA key: trust has refused those
 */
export function transportKey(
  contentKey: Uint8Array,
  certificate: Uint8Array,
  transport: KeyTransport,
): Uint8Array {
  const key = new X509Certificate(certificate).publicKey;
  if (key.asymmetricKeyType !== 'rsa') throw new Error('Only RSA keys can be encrypted to');
  return der(
    TAG.sequence,
    Uint8Array.of(TAG.integer, 1, 0),
    issuerAndSerialNumberOf(certificate),
    ALGORITHMS[transport],
    der(TAG.octetString, publicEncrypt({ key, ...PADDINGS[transport] }, contentKey)),
  );
}

/** A content key in transport, of which only the public side has been read. */
export interface TransportedKey {
  /** IssuerAndSerialNumber or [0] SubjectKeyIdentifier. */
  readonly recipient: Ber;
  /** Always a key of that many bytes; a random one when it cannot be had. */
  unwrap(privateKey: KeyObject, keyBytes: number): Uint8Array;
}

/** @returns undefined for another kind of RecipientInfo, or a transport that is not supported */
export function readTransportedKey(info: Ber): TransportedKey | undefined {
  const [version, recipient, algorithm, octets] = info.tag === TAG.sequence ? info.children : [];
  const chunks = octets && octetChunks(octets);
  const padding = algorithm && paddingOf(algorithm);
  if (version?.tag !== TAG.integer || !recipient || !padding || !chunks) return undefined;
  const encrypted = Buffer.concat(chunks);
  return {
    recipient,
    unwrap: (key, keyBytes) => {
      const contentKey = attempt(() => privateDecrypt({ key, ...padding }, encrypted));
      // RFC 3218: whoever sends forged keys must not learn which of them had a good form.
      return contentKey?.length === keyBytes ? contentKey : randomBytes(keyBytes);
    },
  };
}

function paddingOf({ children: [type, parameters] }: Ber): Padding | undefined {
  const name = oidOf(type);
  if (name === OID.rsaEncryption) return PADDINGS['rsaes-pkcs1-v1_5'];
  if (name !== OID.rsaesOaep) return undefined;
  const fields = optionalFields(parameters);
  const oaepHash = fields && hashOf(fields);
  if (!oaepHash || !hasEmptyLabel(fields.get(TAG.constructed2))) return undefined;
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
}

const hasEmptyLabel = (source: Ber | undefined): boolean =>
  source === undefined ||
  (oidOf(source.children[0]) === OID.pSpecified && source.children[1]?.content.length === 0);
