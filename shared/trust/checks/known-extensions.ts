import type { FailureCode } from '../../failures.ts';
import { OID } from '../certificate-extensions.ts';
import type { Certificate } from '../certificate.ts';

const PROCESSED: readonly string[] = [
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.alternativeNames,
];

/** They restrict what an authority may vouch for, so passing over them would trust too much, critical or not. */
const RESTRICTING = [OID.nameConstraints, OID.policyConstraints, OID.inhibitAnyPolicy];

/** Whether everything that the certificate insists on is understood here. */
export function checkKnownExtensions({ present, critical }: Certificate): FailureCode | undefined {
  const unknown = [...critical].some((oid) => !PROCESSED.includes(oid));
  const restricted = RESTRICTING.some((oid) => present.has(oid));
  return unknown || restricted ? 'trust/unsupported' : undefined;
}
