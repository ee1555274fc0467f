import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';
import type { TrustRules } from '../rules.ts';
import { isWeak } from '../signature.ts';

/**
 * Whether something is signed with SHA-256 or better, by RSA (PKCS #1 v1.5, PSS) or ECDSA; with SHA-1 only where the
 * rules allow it, with what is older never.
 *
 * @see RFC 8550 section 4.3
 */
export function checkSignatureAlgorithm(
  { signatureAlgorithm }: Pick<Certificate, 'signatureAlgorithm'>,
  { allowSha1 }: Pick<TrustRules, 'allowSha1'>,
): FailureCode | undefined {
  if (isWeak(signatureAlgorithm, allowSha1)) return 'trust/weak-signature';
  return signatureAlgorithm.kind === 'unknown' ? 'trust/unsupported' : undefined;
}
