import type { FailureCode } from '../../failures.ts';
import { sha256 } from '../../ids.ts';
import type { Certificate } from '../certificate.ts';
import { spend, type Effort } from '../path/effort.ts';
import type { TrustRules } from '../rules.ts';
import { verifySignature } from '../signature.ts';
import { checkKeyStrength } from './key-strength.ts';

/**
 * Whether the key of one certificate made the signature of another. A key that is made to cost time is refused before
 * it is used once, and no signature is worked on twice with the same key.
 *
 * @failure trust/bad-signature, trust/weak-key, trust/too-costly
 * @see RFC 5280 section 6.1.3 (a) (1)
 */
export function checkSignature(
  certificate: Certificate,
  issuer: Pick<Certificate, 'publicKey' | 'publicKeyInfo'>,
  rules: Pick<TrustRules, 'allowSha1' | 'minimumRsaBits'>,
  effort: Effort,
): FailureCode | undefined {
  const weak = checkKeyStrength(issuer, 'signature', rules);
  if (weak) return weak;
  const pair = `${certificate.fingerprint} ${sha256(issuer.publicKeyInfo)}`;
  const known = effort.signatures.get(pair);
  if (known !== undefined) return known ? undefined : 'trust/bad-signature';
  if (!spend(effort, 'signatureChecksLeft')) return 'trust/too-costly';
  const { signatureAlgorithm: algorithm, signedPart, signature } = certificate;
  const { publicKey } = issuer;
  const verified = verifySignature(algorithm, publicKey, signedPart, signature, rules.allowSha1);
  effort.signatures.set(pair, verified);
  return verified ? undefined : 'trust/bad-signature';
}
