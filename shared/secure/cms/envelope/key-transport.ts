import { constants, privateDecrypt, publicEncrypt, randomBytes, type KeyObject } from 'node:crypto';
import {
  hashOf,
  OID,
  optionalFields,
  RSA_ENCRYPTION,
  SHA256,
  type HashName,
} from '../../../trust/cms/algorithms.ts';
import { attempt } from '../../../trust/cms/attempt.ts';
import { octetChunks, oidOf, type Ber } from '../../../trust/cms/ber.ts';
import { named } from '../named.ts';
import { der, derOid, TAG } from '../../../trust/cms/der.ts';

/** Those in which keys leave. */
export type KeyTransport = 'rsaes-pkcs1-v1_5' | 'rsaes-oaep-sha256';
/** Those in which keys may come. */
export type ReadKeyTransport = 'rsaes-pkcs1-v1_5' | `rsaes-oaep-${HashName}`;

/** AlgorithmIdentifiers, DER. */
const ALGORITHMS: Readonly<Record<KeyTransport, Uint8Array>> = {
  'rsaes-pkcs1-v1_5': RSA_ENCRYPTION,
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

const PKCS1 = { padding: constants.RSA_PKCS1_PADDING };
const oaep = (oaepHash: HashName) => ({ padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash });

const PADDINGS: Readonly<Record<KeyTransport, Padding>> = {
  'rsaes-pkcs1-v1_5': PKCS1,
  'rsaes-oaep-sha256': oaep('sha256'),
};

interface Padding {
  readonly padding: number;
  readonly oaepHash?: HashName;
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
  const { issuerAndSerialNumber, publicKey: key, keyType } = named(certificate);
  if (keyType !== 'rsa') throw new Error('Only RSA keys can be encrypted to');
  return der(
    TAG.sequence,
    Uint8Array.of(TAG.integer, 1, 0),
    issuerAndSerialNumber,
    ALGORITHMS[transport],
    der(TAG.octetString, publicEncrypt({ key, ...PADDINGS[transport] }, contentKey)),
  );
}

/** A content key in transport, of which only the public side has been read. */
export interface TransportedKey {
  /** IssuerAndSerialNumber or [0] SubjectKeyIdentifier. */
  readonly recipient: Ber;
  readonly transport: ReadKeyTransport;
  /** Always a key of that many bytes; a random one when it cannot be had. */
  unwrap(privateKey: KeyObject, keyBytes: number): Uint8Array;
}

/** @returns undefined for another kind of RecipientInfo, or a transport that is not supported */
export function readTransportedKey(info: Ber): TransportedKey | undefined {
  const [version, recipient, algorithm, octets] = info.tag === TAG.sequence ? info.children : [];
  const chunks = octets && octetChunks(octets);
  const transport = algorithm && transportOf(algorithm);
  if (version?.tag !== TAG.integer || !recipient || !transport || !chunks) return undefined;
  const encrypted = Buffer.concat(chunks);
  const { name, padding } = transport;
  return {
    recipient,
    transport: name,
    unwrap: (key, keyBytes) => {
      const contentKey = attempt(() => privateDecrypt({ key, ...padding }, encrypted));
      // RFC 3218: whoever sends forged keys must not learn which of them had a good form.
      return contentKey?.length === keyBytes ? contentKey : randomBytes(keyBytes);
    },
  };
}

function transportOf({
  children: [type, parameters],
}: Ber): { readonly name: ReadKeyTransport; readonly padding: Padding } | undefined {
  const oid = oidOf(type);
  if (oid === OID.rsaEncryption) return { name: 'rsaes-pkcs1-v1_5', padding: PKCS1 };
  if (oid !== OID.rsaesOaep) return undefined;
  const fields = optionalFields(parameters);
  const hash = fields && hashOf(fields);
  if (!hash || !hasEmptyLabel(fields.get(TAG.constructed2))) return undefined;
  return { name: `rsaes-oaep-${hash}`, padding: oaep(hash) };
}

const hasEmptyLabel = (source: Ber | undefined): boolean =>
  source === undefined ||
  (oidOf(source.children[0]) === OID.pSpecified && source.children[1]?.content.length === 0);
