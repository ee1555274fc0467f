import { constants, verify, type KeyObject } from 'node:crypto';
import { childrenOf, NotDer, readCount, readOid, TAG, type Der } from './der.ts';

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** How a certificate is signed; `weak` and `unknown` are never verified, and SHA-1 only where somebody allows it. */
export type SignatureAlgorithm =
  UsableAlgorithm | { readonly kind: 'weak' } | { readonly kind: 'unknown' };

type UsableAlgorithm =
  | { readonly kind: 'rsa' | 'ecdsa'; readonly hash: Hash }
  | { readonly kind: 'rsa-pss'; readonly hash: Hash; readonly saltBytes: number };

const RSA = '1.2.840.113549.1.1.';
const ECDSA = '1.2.840.10045.4.';

const ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = {
  [`${RSA}2`]: { kind: 'weak' },
  [`${RSA}4`]: { kind: 'weak' },
  [`${RSA}5`]: { kind: 'rsa', hash: 'sha1' },
  // By another name, from before PKCS #1 had one.
  '1.3.14.3.2.29': { kind: 'rsa', hash: 'sha1' },
  [`${RSA}14`]: { kind: 'weak' },
  [`${RSA}11`]: { kind: 'rsa', hash: 'sha256' },
  [`${RSA}12`]: { kind: 'rsa', hash: 'sha384' },
  [`${RSA}13`]: { kind: 'rsa', hash: 'sha512' },
  [`${ECDSA}1`]: { kind: 'ecdsa', hash: 'sha1' },
  [`${ECDSA}3.1`]: { kind: 'weak' },
  [`${ECDSA}3.2`]: { kind: 'ecdsa', hash: 'sha256' },
  [`${ECDSA}3.3`]: { kind: 'ecdsa', hash: 'sha384' },
  [`${ECDSA}3.4`]: { kind: 'ecdsa', hash: 'sha512' },
};

const PSS = `${RSA}10`;
const MGF1 = `${RSA}8`;

const HASHES: Readonly<Record<string, Hash>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** @param der an AlgorithmIdentifier */
export function readSignatureAlgorithm(der: Der): SignatureAlgorithm {
  const [oidDer, parameters, ...rest] = childrenOf(der);
  if (rest.length > 0) throw new NotDer('algorithm');
  const oid = readOid(oidDer);
  if (oid === PSS) return readPss(parameters);
  const algorithm = ALGORITHMS[oid] ?? { kind: 'unknown' };
  // RSA has NULL for parameters, or by some issuers nothing; ECDSA has none.
  const mayHave = algorithm.kind === 'ecdsa' ? undefined : TAG.null;
  return parameters && parameters.tag !== mayHave && algorithm.kind !== 'weak'
    ? { kind: 'unknown' }
    : algorithm;
}

/** All fields have defaults, and the defaults are SHA-1: whatever is left out is weak. */
function readPss(parameters: Der | undefined): SignatureAlgorithm {
  const fields = new Map(parameters ? childrenOf(parameters).map((each) => [each.tag, each]) : []);
  const [hashDer, maskDer, saltDer] = [0xa0, 0xa1, 0xa2].map((tag) => fields.get(tag));
  if (!hashDer || !maskDer || !saltDer) return { kind: 'weak' };
  const hash = hashOf(childrenOf(hashDer, 0xa0)[0]);
  const [maskOid, maskHash] = childrenOf(childrenOf(maskDer, 0xa1)[0]!);
  const sameHash = readOid(maskOid) === MGF1 && hashOf(maskHash) === hash;
  const [salt] = childrenOf(saltDer, 0xa2);
  if (!hash || !sameHash || !salt || fields.has(0xa3)) return { kind: 'unknown' };
  return { kind: 'rsa-pss', hash, saltBytes: readCount(salt) };
}

const hashOf = (algorithm: Der | undefined): Hash | undefined =>
  algorithm && HASHES[readOid(childrenOf(algorithm)[0])];

/** Whether the algorithm is no longer safe; `unknown` ones are not known to be. */
export const isWeak = (algorithm: SignatureAlgorithm, allowSha1: boolean): boolean =>
  algorithm.kind === 'weak' || ('hash' in algorithm && algorithm.hash === 'sha1' && !allowSha1);

/** Whether the key made the signature over the bytes, and made it in this way and no other. */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  signed: Uint8Array,
  signature: Uint8Array,
  allowSha1 = false,
): boolean {
  if (isWeak(algorithm, allowSha1)) return false;
  if (algorithm.kind === 'weak' || algorithm.kind === 'unknown') return false;
  const kind = key.asymmetricKeyType;
  const fits =
    algorithm.kind === 'ecdsa' ? kind === 'ec' : kind === 'rsa' || kind === algorithm.kind;
  if (!fits) return false;
  try {
    return verify(algorithm.hash, signed, withOptions(algorithm, key), signature);
  } catch {
    return false;
  }
}

const withOptions = (algorithm: UsableAlgorithm, key: KeyObject): Parameters<typeof verify>[2] =>
  algorithm.kind === 'rsa-pss'
    ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltBytes }
    : { key };
