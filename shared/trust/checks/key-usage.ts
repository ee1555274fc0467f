import type { FailureCode } from '../../failures.ts';
import { OID, type KeyUsage } from '../certificate-extensions.ts';
import type { Certificate } from '../certificate.ts';
import { checkContradiction } from './contradiction.ts';
import { checkExtendedKeyUsage } from './extended-key-usage.ts';

/** What the recipient's key is wanted for: to encrypt to it, or to believe what it signed. */
export type Purpose = 'encryption' | 'signature';

const WANTED: Readonly<Record<Purpose, readonly KeyUsage[]>> = {
  encryption: ['keyEncipherment'],
  signature: ['digitalSignature', 'nonRepudiation'],
};

/** What the whole path has to allow for mail. OIDs. */
export const MAIL_USAGES: readonly string[] = [OID.emailProtection];

/**
 * Whether the key may be used for the purpose, and for mail. A certificate that does not speak of usage allows it:
 * dual-use certificates of the field often have no extended key usage. One that claims to sign certificates without
 * being an authority contradicts itself.
 *
 * @see RFC 5280 section 4.2.1.3
 */
export function checkKeyUsage(certificate: Certificate, purpose: Purpose): FailureCode | undefined {
  const { keyUsage } = certificate;
  if (keyUsage && !WANTED[purpose].some((usage) => keyUsage.has(usage))) return 'trust/key-usage';
  return checkContradiction(certificate) ?? checkExtendedKeyUsage(certificate, MAIL_USAGES);
}
