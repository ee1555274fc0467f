import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';

/**
 * Whether a certificate claims that its key signs certificates and yet is no authority.
 *
 * @see RFC 5280 section 4.2.1.9
 */
export const checkContradiction = ({
  keyUsage,
  basicConstraints,
}: Certificate): FailureCode | undefined =>
  keyUsage?.has('keyCertSign') === true && basicConstraints?.ca !== true
    ? 'trust/key-usage'
    : undefined;
