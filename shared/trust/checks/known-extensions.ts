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
 * Whether an extension that is understood is marked critical is a duty of its issuer: it is heeded either way.
 *
 * @see RFC 5280 section 4.2
 */
export const checkKnownExtensions = ({ critical }: Certificate): FailureCode | undefined =>
  [...critical].every((oid) => PROCESSED.includes(oid)) ? undefined : 'trust/unsupported';
