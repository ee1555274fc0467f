import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';

/**
 * Whether the time lies within the certificate's, both ends included and counted in whole seconds.
 *
 * @see RFC 5280 section 4.1.2.5
 */
export function checkValidityPeriod(certificate: Certificate, now: Date): FailureCode | undefined {
  const atMs = Math.floor(now.getTime() / 1000) * 1000;
  if (atMs < certificate.notBefore.getTime()) return 'trust/not-yet-valid';
  // A time that is none compares false to everything: only a yes counts.
  return atMs <= certificate.notAfter.getTime() ? undefined : 'trust/expired';
}
