import type { FailureCode } from '../../../shared/failures.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { Purpose } from '../../../shared/trust/checks/key-usage.ts';
import { STRICT } from '../../../shared/trust/rules.ts';
import type { Sources } from '../../../shared/trust/sources.ts';
import { trust } from '../../../shared/trust/trust.ts';
import { codeInWords } from '../command.ts';

const PURPOSES: readonly Purpose[] = ['signature', 'encryption'];
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Authorities {
  readonly anchors: readonly Certificate[];
  /** DER. */
  readonly intermediates: readonly Uint8Array[];
  /** Where issuers are fetched that a certificate only points to; none are without it. */
  readonly sources?: Sources;
}

export interface IdentityVerdict {
  /** What it may be used for; nothing when it is refused. */
  readonly serves: readonly Purpose[];
  /** Why others could not use it, in words. */
  readonly faults: readonly string[];
  /** What is no fault yet. */
  readonly remarks: readonly string[];
}

/**
 * Whether a certificate will do for an address of ours: bound to it or its domain by one name alone, good for one end
 * at least, valid now, and with a path to an anchor. Whether it was revoked is not asked: `doctor` does.
 */
export async function judgeIdentity(
  certificate: Certificate,
  address: DirectAddress,
  authorities: Authorities,
  now: Date,
): Promise<IdentityVerdict> {
  const context = { ...authorities, now, rules: { ...STRICT, revocation: 'off' as const } };
  const serves: Purpose[] = [];
  const codes = new Set<FailureCode>();
  for (const purpose of PURPOSES) {
    const { outcome } = await trust(address, [certificate.der], purpose, context);
    if (outcome.ok) serves.push(purpose);
    else codes.add(outcome.failure.code);
  }
  const unfit = serves.length > 0 ? [] : [...codes].map(codeInWords);
  const leftMs = certificate.notAfter.getTime() - now.getTime();
  return {
    serves,
    faults: [...unfit, ...faultOfNames(certificate)],
    remarks: leftMs < SOON_DAYS * DAY_MS ? [`it expires within ${SOON_DAYS} days`] : [],
  };
}

/** A Java peer takes the last address, or else the first domain, for the one name that there is. */
function faultOfNames({ rfc822Names, dnsNames }: Certificate): readonly string[] {
  const names = rfc822Names.length + dnsNames.length;
  return names > 1
    ? [`it is bound to ${names} names, and other systems read only one: have one certified`]
    : [];
}
