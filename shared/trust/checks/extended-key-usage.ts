import type { FailureCode } from '../../failures.ts';
import { OID } from '../certificate-extensions.ts';
import type { Certificate } from '../certificate.ts';

/**
 * Whether a certificate, wherever it stands on the path, allows all these usages: an authority that is restricted to
 * other ends does not vouch for this one. One that does not speak of usages allows all.
 *
 * @param usages OIDs
 * @see RFC 5280 section 4.2.1.12
 */
export function checkExtendedKeyUsage(
  { extendedKeyUsage }: Certificate,
  usages: readonly string[],
): FailureCode | undefined {
  if (!extendedKeyUsage || extendedKeyUsage.has(OID.anyExtendedKeyUsage)) return undefined;
  return usages.every((usage) => extendedKeyUsage.has(usage)) ? undefined : 'trust/key-usage';
}
