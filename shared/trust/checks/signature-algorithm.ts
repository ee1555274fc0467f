import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';

/** Whether the certificate is signed with SHA-256 or better, by RSA (PKCS #1 v1.5, PSS) or ECDSA. */
export function checkSignatureAlgorithm({
  signatureAlgorithm,
}: Certificate): FailureCode | undefined {
  if (signatureAlgorithm.kind === 'weak') return 'trust/weak-signature';
  return signatureAlgorithm.kind === 'unknown' ? 'trust/unsupported' : undefined;
}
