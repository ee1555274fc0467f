import type { Certificate } from '../certificate.ts';
import { checkKeyStrength } from '../checks/key-strength.ts';
import { isWeak, verifySignature, type SignatureAlgorithm } from '../signature.ts';
import type { Decision } from './decision.ts';
import type { Doubt } from './status.ts';

/** A list or an answer as its signer left it. */
export interface Signed {
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** What is signed. */
  readonly signedPart: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the algorithm alone says against a signature. */
export function doubtOfAlgorithm(
  { signatureAlgorithm }: Pick<Signed, 'signatureAlgorithm'>,
  { rules }: Pick<Decision, 'rules'>,
): Doubt | undefined {
  if (isWeak(signatureAlgorithm, rules.allowSha1)) return 'weak';
  return signatureAlgorithm.kind === 'unknown' ? 'unsupported' : undefined;
}

/**
 * What speaks against the signature of a certificate's key. A key that is made to cost time is refused before it is
 * used once, and a decision verifies no more than it may.
 */
export function doubtOfSignature(
  signed: Signed,
  signer: Certificate,
  decision: Decision,
): Doubt | undefined {
  const { rules } = decision;
  const doubt = doubtOfAlgorithm(signed, decision);
  if (doubt) return doubt;
  if (checkKeyStrength(signer, 'signature', rules)) return 'weak';
  if (decision.signatureChecksLeft === 0) return 'too-costly';
  decision.signatureChecksLeft -= 1;
  const { signatureAlgorithm: algorithm, signedPart, signature } = signed;
  const { publicKey } = signer;
  return verifySignature(algorithm, publicKey, signedPart, signature, rules.allowSha1)
    ? undefined
    : 'forged';
}
