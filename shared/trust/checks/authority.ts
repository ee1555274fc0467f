import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';

/**
 * Whether a certificate may issue others: it says that it is an authority, and its key usage, when there is one, that
 * the key signs certificates. That basicConstraints is marked critical is not demanded, for the field's test
 * authorities do not mark it.
 *
 * @see RFC 5280 section 4.2.1.9
 */
export function checkAuthority({
  basicConstraints,
  keyUsage,
}: Certificate): FailureCode | undefined {
  const mayIssue = basicConstraints?.ca === true && (!keyUsage || keyUsage.has('keyCertSign'));
  return mayIssue ? undefined : 'trust/not-an-authority';
}
