import { constants, sign, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';

export interface SignatureOptions {
  /** SHA-256 unless given; the weak ones are for tests of their refusal. */
  readonly hash?: Hash;
  /** RSASSA-PSS instead of PKCS #1 v1.5, for an RSA issuer. */
  readonly pss?: boolean;
}

export type Hash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

const RSA = { md5: 4, sha1: 5, sha256: 11, sha384: 12, sha512: 13 };
const ECDSA = { md5: '', sha1: '1', sha256: '3.2', sha384: '3.3', sha512: '3.4' };
const DIGEST = { md5: '', sha1: '', sha256: '1', sha384: '2', sha512: '3' };
const SALT_BYTES = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** The AlgorithmIdentifier of signatures that this key makes. */
export function encodeAlgorithm(key: KeyObject, options: SignatureOptions): asn1js.Sequence {
  const hash = options.hash ?? 'sha256';
  if (key.asymmetricKeyType === 'ec') return algorithm(`1.2.840.10045.4.${ECDSA[hash]}`);
  if (options.pss) return algorithm('1.2.840.113549.1.1.10', pssParameters(hash));
  return algorithm(`1.2.840.113549.1.1.${RSA[hash]}`, new asn1js.Null());
}

/** What is to be signed, the algorithm and the signature: the shape of a certificate and of a revocation list. */
export function signed(
  content: asn1js.Sequence,
  key: KeyObject,
  options: SignatureOptions,
): Uint8Array {
  const valueHex = signDer(new Uint8Array(content.toBER()), key, options);
  const whole = new asn1js.Sequence({
    value: [content, encodeAlgorithm(key, options), new asn1js.BitString({ valueHex })],
  });
  return new Uint8Array(whole.toBER());
}

export function signDer(der: Uint8Array, key: KeyObject, options: SignatureOptions): Uint8Array {
  const hash = options.hash ?? 'sha256';
  if (!options.pss) return sign(hash, der, key);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(hash, der, { key, padding, saltLength: SALT_BYTES[hash] });
}

function algorithm(oid: string, parameters?: asn1js.BaseBlock): asn1js.Sequence {
  const value: asn1js.BaseBlock[] = [new asn1js.ObjectIdentifier({ value: oid })];
  if (parameters) value.push(parameters);
  return new asn1js.Sequence({ value });
}

/** Hash, mask generation with the same hash, salt as long as the hash. */
function pssParameters(hash: Hash): asn1js.Sequence {
  const digest = (): asn1js.Sequence =>
    algorithm(`2.16.840.1.101.3.4.2.${DIGEST[hash]}`, new asn1js.Null());
  return new asn1js.Sequence({
    value: [
      tagged(0, digest()),
      tagged(1, algorithm('1.2.840.113549.1.1.8', digest())),
      tagged(2, new asn1js.Integer({ value: SALT_BYTES[hash] })),
    ],
  });
}

const tagged = (tagNumber: number, value: asn1js.BaseBlock): asn1js.Constructed =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] });
