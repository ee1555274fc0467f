import { createHash } from 'node:crypto';
import { certificateIn } from '../../x509.ts';
import { checkKeyStrength } from '../checks/key-strength.ts';
import type { TrustRules } from '../rules.ts';
import { digestOf, OID, type HashName } from './algorithms.ts';
import { attempt } from './attempt.ts';
import { octetChunks, oidOf, type Ber } from './ber.ts';
import { isNamed, same, type CertificateId } from './certificate-id.ts';
import { asSet, TAG } from './der.ts';
import { signatureAlgorithmOf, type SignatureAlgorithm } from './signature-algorithm.ts';

/** A certificate of the message: a claim until somebody trusts it. */
export interface Candidate {
  readonly der: Uint8Array;
  readonly id: CertificateId;
}

export interface VerifiedSigner {
  /** DER of the certificate whose key made the signature. */
  readonly certificate: Uint8Array;
  readonly hash: HashName;
  readonly signature: SignatureAlgorithm['name'];
}

/** With how little a signature may be made. MD5 is never enough. */
export type SignatureRules = Pick<TrustRules, 'allowSha1' | 'minimumRsaBits'>;

/** Why a signature does not count: what it could be at best is too weak, or it is not good. */
export type SignatureFault = 'weak-digest' | 'weak-key' | 'bad-signature';

/**
 * Verifies one signature. How strong it could be at best is judged first: a weak one is not looked at further, and no
 * time goes into a key that was made to cost time.
 */
export function verifiedSigner(
  info: Ber,
  candidates: readonly Candidate[],
  content: Uint8Array,
  rules: SignatureRules,
): VerifiedSigner | SignatureFault {
  const signer = readSignerInfo(info);
  const hash = signer && digestOf(signer.digestAlgorithm, rules.allowSha1);
  if (hash === 'weak') return 'weak-digest';
  const algorithm = hash && signatureAlgorithmOf(signer.signatureAlgorithm, hash);
  const candidate = signer && candidates.find(({ id }) => isNamed(signer.identifier, id));
  if (!algorithm || !candidate) return 'bad-signature';
  const certificate = candidate.der;
  const publicKey = attempt(() => certificateIn(certificate)?.publicKey);
  if (publicKey && checkKeyStrength({ publicKey }, 'signature', rules)) return 'weak-key';

  const data = signedBytes(signer, content, hash);
  const good =
    publicKey && data && attempt(() => algorithm.check(data, publicKey, signer.signature));
  return good === true ? { certificate, hash, signature: algorithm.name } : 'bad-signature';
}

interface SignerInfo {
  /** IssuerAndSerialNumber or [0] SubjectKeyIdentifier. */
  readonly identifier: Ber;
  readonly digestAlgorithm: Ber;
  readonly attributes: Ber | undefined;
  readonly signatureAlgorithm: Ber;
  readonly signature: Uint8Array;
}

/** RFC 5652 section 5.3: version, signer, digest algorithm, [0] attributes, signature algorithm, signature, [1] attributes. */
function readSignerInfo({ tag, children }: Ber): SignerInfo | undefined {
  const [version, identifier, digestAlgorithm, ...rest] = children;
  const attributes = rest[0]?.tag === TAG.constructed0 ? rest[0] : undefined;
  const [signatureAlgorithm, octets] = attributes ? rest.slice(1) : rest;
  const chunks = octets && octetChunks(octets);
  if (tag !== TAG.sequence || version?.tag !== TAG.integer) return undefined;
  if (!identifier || !digestAlgorithm || !signatureAlgorithm || !chunks) return undefined;
  const signature = Buffer.concat(chunks);
  return { identifier, digestAlgorithm, attributes, signatureAlgorithm, signature };
}

/** What the signature is over: the signed attributes when there are any and they speak of this content, else the content. */
function signedBytes(
  signer: SignerInfo,
  content: Uint8Array,
  hash: HashName,
): Uint8Array | undefined {
  const { attributes } = signer;
  if (!attributes) return content;
  const digest = only(attributes, OID.messageDigest);
  if (digest?.tag !== TAG.octetString || oidOf(only(attributes, OID.contentType)) !== OID.data) {
    return undefined;
  }
  const agrees = same(createHash(hash).update(content).digest(), digest.content);
  return agrees && isProtected(signer, attributes) ? asSet(attributes.raw) : undefined;
}

const attributesNamed = (attributes: Ber, type: string): readonly Ber[] =>
  attributes.children.filter(({ children }) => oidOf(children[0]) === type);

/** The value of an attribute that occurs once and has one value. */
function only(attributes: Ber, type: string): Ber | undefined {
  const [attribute, second] = attributesNamed(attributes, type);
  const values = attribute?.children[1]?.children ?? [];
  return second === undefined && values.length === 1 ? values[0] : undefined;
}

/** RFC 6211: an algorithm protection that is there must repeat the algorithms that are used. */
function isProtected(signer: SignerInfo, attributes: Ber): boolean {
  if (attributesNamed(attributes, OID.algorithmProtection).length === 0) return true;
  const [digest, signature] = only(attributes, OID.algorithmProtection)?.children ?? [];
  return (
    signature?.tag === TAG.constructed1 &&
    same(signer.digestAlgorithm.raw, digest?.raw) &&
    same(signer.signatureAlgorithm.content, signature.content)
  );
}
