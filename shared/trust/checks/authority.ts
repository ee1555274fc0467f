import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';

/**
 * Whether a certificate may issue others: it says that it is an authority, and its key usage, when there is one, that
 * the key signs certificates. That basicConstraints is marked critical is not demanded, for the field's test
 * authorities do not mark it.
 *
 * Certificates of versions 1 and 2 cannot say it. They are refused, but for anchors, of which it is known otherwise.
 *
 * @see RFC 5280 sections 4.2.1.3, 4.2.1.9, 6.1.4 (k) and (n)
 */
export function checkAuthority(
  { basicConstraints, keyUsage, version }: Certificate,
  isAnchor: boolean,
): FailureCode | undefined {
  const isAuthority = basicConstraints?.ca === true || (isAnchor && version < 3);
  const maySign = !keyUsage || keyUsage.has('keyCertSign');
  return isAuthority && maySign ? undefined : 'trust/not-an-authority';
}
