import type { FailureCode } from '../failures.ts';
import { sha256, type DirectAddress, type Sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { buildPath, newEffort } from './chain.ts';
import { bindingOf, type Proved } from './checks/address-binding.ts';
import { checkKeyStrength } from './checks/key-strength.ts';
import { allowsMail, checkKeyUsage, type Purpose } from './checks/key-usage.ts';
import { checkKnownExtensions } from './checks/known-extensions.ts';
import { checkSignatureAlgorithm } from './checks/signature-algorithm.ts';
import { checkValidityPeriod } from './checks/validity-period.ts';

export interface TrustOptions {
  readonly anchors: readonly Certificate[];
  readonly now: Date;
  /** DER of authorities that may stand on the way, as a signed message brings them. They are never believed as such. */
  readonly intermediates?: readonly Uint8Array[];
}

export interface Trusted {
  /** All that passed every check, in the order in which they were given. */
  readonly certificates: readonly Certificate[];
  /** `mailbox` only when every one of them is bound to the address itself. */
  readonly proved: Proved;
  /** When all of them name the same one. */
  readonly organization?: string;
}

export interface Rejected {
  /** SHA-256 of the bytes, whatever they are. */
  readonly fingerprint: Sha256;
  readonly code: FailureCode;
}

export interface TrustAnswer {
  readonly outcome: Outcome<Trusted>;
  readonly rejected: readonly Rejected[];
}

type Judgement =
  | { readonly certificate: Certificate; readonly proved: Proved }
  | (Rejected & { readonly checksPassed: number });

/** More at one address are a fault or an attack; what comes after them is not looked at. */
const MAX_CERTIFICATES = 50;

/**
 * Decides which of the certificates that were found for an address may be used, and says of each other why not.
 *
 * When none may, the refusal is that of the certificate that passed the most checks: the one that its owner believes
 * to be the right one.
 *
 * @param certificates DER, as discovery or a signature brings them; authorities among them serve as intermediates
 * @param purpose `encryption` keeps RSA keys only
 * @failure trust/malformed, /wrong-address, /unsupported, /weak-key, /weak-signature, /key-usage, /not-yet-valid, /expired
 * @failure trust/no-anchor, /bad-signature, /not-an-authority, /path-length
 * @failure discover/no-certificate (none was given)
 */
export function trust(
  address: DirectAddress,
  certificates: readonly Uint8Array[],
  purpose: Purpose,
  options: TrustOptions,
): TrustAnswer {
  const given = new Map(
    certificates.slice(0, MAX_CERTIFICATES).map((bytes) => [sha256(bytes), readCertificate(bytes)]),
  );
  const brought = (options.intermediates ?? []).slice(0, MAX_CERTIFICATES).map(readCertificate);
  const intermediates = [...given.values(), ...brought]
    .filter((each) => each.ok)
    .map(({ value }) => value)
    .filter(({ basicConstraints }) => basicConstraints?.ca)
    .slice(0, MAX_CERTIFICATES);
  const faultOfPath = pathFaults(intermediates, options);
  const judgements = [...given].map(([fingerprint, read]): Judgement => {
    if (!read.ok) return { fingerprint, code: read.failure.code, checksPassed: -1 };
    return judge(read.value, address, purpose, options, faultOfPath);
  });
  const rejected = judgements.filter((each) => 'code' in each);
  return {
    outcome: answer(judgements, rejected),
    rejected: rejected.map(({ fingerprint, code }) => ({ fingerprint, code })),
  };
}

function judge(
  certificate: Certificate,
  address: DirectAddress,
  purpose: Purpose,
  { anchors, now }: TrustOptions,
  faultOfPath: (certificate: Certificate) => FailureCode | undefined,
): Judgement {
  const { fingerprint } = certificate;
  const proved = bindingOf(certificate, address);
  if (!proved) return { fingerprint, code: 'trust/wrong-address', checksPassed: 0 };
  const isAnchor = anchors.some((anchor) => anchor.fingerprint === fingerprint);
  const checks: readonly (() => FailureCode | undefined)[] = [
    () => checkKnownExtensions(certificate),
    () => checkKeyStrength(certificate, purpose),
    () => (isAnchor ? undefined : checkSignatureAlgorithm(certificate)),
    () => checkKeyUsage(certificate, purpose),
    () => checkValidityPeriod(certificate, now),
    () => faultOfPath(certificate),
  ];
  for (const [index, check] of checks.entries()) {
    const code = check();
    if (code) return { fingerprint, code, checksPassed: index + 1 };
  }
  return { certificate, proved };
}

/** Says of one certificate after the other what is wrong with its path; all of them share one effort. */
function pathFaults(
  intermediates: readonly Certificate[],
  options: TrustOptions,
): (certificate: Certificate) => FailureCode | undefined {
  const effort = newEffort();
  // An authority that is restricted to other ends than mail leads nowhere here, even if it is an anchor.
  const between = intermediates.filter(allowsMail);
  const anchors = options.anchors.filter(allowsMail);
  return (certificate) => {
    const path = buildPath(certificate, between, anchors, options.now, effort);
    return path.ok ? undefined : path.failure.code;
  };
}

function answer(
  judgements: readonly Judgement[],
  rejected: readonly (Rejected & { readonly checksPassed: number })[],
): Outcome<Trusted> {
  const kept = judgements.filter((each) => 'certificate' in each);
  const [first] = kept;
  if (!first) {
    const best = rejected.toSorted((one, other) => other.checksPassed - one.checksPassed)[0];
    return fail(best?.code ?? 'discover/no-certificate');
  }
  const { organization } = first.certificate;
  const agreed = kept.every(({ certificate }) => certificate.organization === organization);
  return done({
    certificates: kept.map(({ certificate }) => certificate),
    proved: kept.every(({ proved }) => proved === 'mailbox') ? 'mailbox' : 'service',
    ...(agreed && organization !== undefined ? { organization } : {}),
  });
}
