import type { FailureCode } from '../failures.ts';
import { sha256, type DirectAddress, type Sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import type { Proved } from './checks/address-binding.ts';
import type { Purpose } from './checks/key-usage.ts';
import { judgeBound, type BoundVerdict } from './judge-bound.ts';
import type { JudgeOptions } from './judge-path.ts';
import { newEffort } from './path/effort.ts';
import type { RevocationWord } from './revocation/revocation.ts';
import { STRICT, type TrustRules } from './rules.ts';
import type { Sources } from './sources.ts';
import { thrifty, type Thrift } from './thrifty-sources.ts';

export interface TrustContext {
  readonly anchors: readonly Certificate[];
  readonly now: Date;
  /** @default STRICT */
  readonly rules?: TrustRules;
  /** DER of authorities that may stand on the way, as a signed message brings them. They are never believed as such. */
  readonly intermediates?: readonly Uint8Array[];
  /** Without them nothing is fetched. */
  readonly sources?: Sources;
}

export interface Trusted {
  /** All that passed every check, in the order in which they were given. */
  readonly certificates: readonly Certificate[];
  /** `mailbox` only when every one of them is bound to the address itself. */
  readonly proved: Proved;
  /** When all of them name the same one. */
  readonly organization?: string;
  /** Likewise. */
  readonly commonName?: string;
  /** `good` only when it was found out of every one of them. */
  readonly revocation: RevocationWord;
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

interface Kept extends BoundVerdict {
  readonly certificate: Certificate;
}

type Judgement = Kept | (Rejected & { readonly checksPassed: number });

/** More at one address are a fault or an attack; what comes after them is not looked at. */
const MAX_CERTIFICATES = 50;

/** From what says least to what says most. */
const REVOCATION_WORDS: readonly RevocationWord[] = ['off', 'unknown', 'not-named', 'good'];

/**
 * Decides which of the certificates that were found for an address may be used, and says of each other why not.
 *
 * When none may, the refusal is that of the certificate that passed the most checks: the one that its owner believes
 * to be the right one. A signature is believed only under an anchor, whatever the rules say of keys to encrypt to.
 *
 * @param certificates DER, as discovery or a signature brings them; authorities among them serve as intermediates
 * @param purpose `encryption` keeps RSA keys only
 * @failure trust/*, discover/no-certificate (none was given)
 */
export async function trust(
  address: DirectAddress,
  certificates: readonly Uint8Array[],
  purpose: Purpose,
  context: TrustContext,
): Promise<TrustAnswer> {
  const given = new Map(
    certificates.slice(0, MAX_CERTIFICATES).map((bytes) => [sha256(bytes), readCertificate(bytes)]),
  );
  const options = judgeOptions([...given.values()], purpose, context);
  const judgements: Judgement[] = [];
  for (const [fingerprint, read] of given) {
    if (!read.ok) {
      judgements.push({ fingerprint, code: read.failure.code, checksPassed: -1 });
      continue;
    }
    const { outcome, checksPassed } = await judgeBound(read.value, address, purpose, options);
    judgements.push(
      outcome.ok
        ? { certificate: read.value, ...outcome.value }
        : { fingerprint, code: outcome.failure.code, checksPassed },
    );
  }
  const rejected = judgements.filter((each) => 'code' in each);
  return {
    outcome: answer(judgements, rejected),
    rejected: rejected.map(({ fingerprint, code }) => ({ fingerprint, code })),
  };
}

/**
 * For all certificates of one call: some of them point to the same places, and those of a hostile set to a victim. Lists
 * may have five megabytes, and what is read of them is garbage that piles up until somebody sweeps it.
 */
const MOST: Thrift = { fetches: 60, bytes: 12 * 1024 * 1024 };

/** All certificates of one call share one effort, lest each of a hostile set may cost all of it anew. */
function judgeOptions(
  given: readonly Outcome<Certificate>[],
  purpose: Purpose,
  { anchors, now, rules = STRICT, intermediates = [], sources }: TrustContext,
): JudgeOptions {
  const brought = intermediates.slice(0, MAX_CERTIFICATES).map(readCertificate);
  return {
    anchors,
    intermediates: [...given, ...brought]
      .filter((each) => each.ok)
      .map(({ value }) => value)
      .filter(({ basicConstraints }) => basicConstraints?.ca),
    rules: purpose === 'signature' ? { ...rules, policy: 'bundle' } : rules,
    usages: [],
    now,
    effort: newEffort(),
    ...(sources && { sources: thrifty(sources, MOST) }),
  };
}

function answer(
  judgements: readonly Judgement[],
  rejected: readonly (Rejected & { readonly checksPassed: number })[],
): Outcome<Trusted> {
  const kept = judgements.filter((each): each is Kept => 'certificate' in each);
  const [first] = kept;
  if (!first) {
    const best = rejected.toSorted((one, other) => other.checksPassed - one.checksPassed)[0];
    return fail(best?.code ?? 'discover/no-certificate');
  }
  const { organization, commonName } = first.certificate;
  const isOne = kept.every(({ certificate }) => certificate.organization === organization);
  const isSame = kept.every(({ certificate }) => certificate.commonName === commonName);
  return done({
    certificates: kept.map(({ certificate }) => certificate),
    proved: kept.every(({ proved }) => proved === 'mailbox') ? 'mailbox' : 'service',
    ...(isOne && organization !== undefined ? { organization } : {}),
    ...(isSame && commonName !== undefined ? { commonName } : {}),
    revocation:
      REVOCATION_WORDS.find((word) => kept.some(({ revocation }) => revocation === word)) ??
      'unknown',
  });
}
