import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';
import { checkAuthority } from '../checks/authority.ts';
import { checkExtendedKeyUsage } from '../checks/extended-key-usage.ts';
import { checkKeyStrength } from '../checks/key-strength.ts';
import { checkKnownExtensions } from '../checks/known-extensions.ts';
import { checkNameConstraints } from '../checks/name-constraints.ts';
import { checkPathLength } from '../checks/path-length.ts';
import { checkSignature } from '../checks/signature.ts';
import { checkSignatureAlgorithm } from '../checks/signature-algorithm.ts';
import { checkValidityPeriod } from '../checks/validity-period.ts';
import type { Path } from './path.ts';
import type { Search } from './search.ts';

/** What forbids that a path goes on to this issuer, be it what issuers must be or what any certificate must be. */
export function faultOfStep(
  path: Path,
  issuer: Certificate,
  search: Search,
): FailureCode | undefined {
  const { anchors, rules, effort } = search;
  return (
    checkSignature(path.at(-1)!, issuer, rules, effort) ??
    checkAuthority(issuer, anchors.has(issuer.fingerprint)) ??
    checkPathLength(issuer, path) ??
    faultOf(issuer, search) ??
    checkNameConstraints(issuer, path, effort)
  );
}

/**
 * What is wrong with a certificate wherever it stands on a path. An anchor is no exception, but for its own signature:
 * it is trusted as it stands, and who signed it, and how, does not matter.
 *
 * @see RFC 5280 section 6.1.3 (a)
 */
export const faultOf = (
  certificate: Certificate,
  { anchors, rules, usages, now }: Search,
): FailureCode | undefined =>
  checkKnownExtensions(certificate) ??
  checkKeyStrength(certificate, 'signature', rules) ??
  (anchors.has(certificate.fingerprint)
    ? undefined
    : checkSignatureAlgorithm(certificate, rules)) ??
  checkExtendedKeyUsage(certificate, usages) ??
  checkValidityPeriod(certificate, now);
