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
 * Whether everything that the certificate insists on is understood here, and insisted on as clearly as it must be.
 *
 * What is understood is heeded whether or not it is marked critical. Policy constraints that are not are taken only when
 * they bite at once, as NIST's authorities have them: then there is no stricter way to read them. One that leaves to
 * readers whether certificates further down are bound is refused.
 *
 * @see RFC 5280 sections 4.2 and 4.2.1.11
 */
export function checkKnownExtensions(certificate: Certificate): FailureCode | undefined {
  const { critical, policyConstraints } = certificate;
  const isUnknown = [...critical].some((oid) => !PROCESSED.includes(oid));
  const isMarked = critical.has(OID.policyConstraints);
  const isLeftOpen = policyConstraints && !isMarked && policyConstraints.requireExplicit !== 0;
  return isUnknown || isLeftOpen ? 'trust/unsupported' : undefined;
}
