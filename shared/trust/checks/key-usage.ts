import type { FailureCode } from '../../failures.ts';
import { OID, type KeyUsage } from '../certificate-extensions.ts';
import type { Certificate } from '../certificate.ts';

/** What the recipient's key is wanted for: to encrypt to it, or to believe what it signed. */
export type Purpose = 'encryption' | 'signature';

const WANTED: Readonly<Record<Purpose, readonly KeyUsage[]>> = {
  encryption: ['keyEncipherment'],
  signature: ['digitalSignature', 'nonRepudiation'],
};

/**
 * Whether the key may be used for the purpose, and for mail. A certificate that does not speak of usage allows it:
 * dual-use certificates of the field often have no extended key usage. One that claims to sign certificates without
 * being an authority contradicts itself.
 */
export function checkKeyUsage(certificate: Certificate, purpose: Purpose): FailureCode | undefined {
  const { keyUsage, basicConstraints } = certificate;
  const allowed = !keyUsage || WANTED[purpose].some((usage) => keyUsage.has(usage));
  const contradicts = keyUsage?.has('keyCertSign') === true && basicConstraints?.ca !== true;
  return allowed && !contradicts && allowsMail(certificate) ? undefined : 'trust/key-usage';
}

/** Also asked of the authorities on the path: one that is restricted to other ends does not vouch for mail. */
export const allowsMail = ({ extendedKeyUsage }: Certificate): boolean =>
  !extendedKeyUsage ||
  extendedKeyUsage.has(OID.emailProtection) ||
  extendedKeyUsage.has(OID.anyExtendedKeyUsage);
