import type { FailureCode } from '../../failures.ts';
import { OID } from '../certificate-extensions.ts';
import type { Certificate } from '../certificate.ts';

const PROCESSED: readonly string[] = [
  OID.keyUsage,
  OID.alternativeNames,
  OID.basicConstraints,
  OID.nameConstraints,
  OID.crlDistributionPoints,
  OID.certificatePolicies,
  OID.policyMappings,
  OID.policyConstraints,
  OID.extendedKeyUsage,
  OID.inhibitAnyPolicy,
];

/**
 * Whether everything that the certificate insists on is understood here.
 *
 * policyConstraints has to be critical: an authority that leaves open whether it is heeded would be believed more by
 * some than by others.
 *
 * @see RFC 5280 sections 4.2 and 4.2.1.11
 */
export function checkKnownExtensions({ present, critical }: Certificate): FailureCode | undefined {
  const unknown = [...critical].some((oid) => !PROCESSED.includes(oid));
  const isLeftOpen = present.has(OID.policyConstraints) && !critical.has(OID.policyConstraints);
  return unknown || isLeftOpen ? 'trust/unsupported' : undefined;
}
