import type { FailureCode } from '../failures.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Certificate } from './certificate.ts';
import { checkAuthority } from './checks/authority.ts';
import { checkKeyStrength } from './checks/key-strength.ts';
import { checkKnownExtensions } from './checks/known-extensions.ts';
import { checkSignatureAlgorithm } from './checks/signature-algorithm.ts';
import { checkValidityPeriod } from './checks/validity-period.ts';
import type { Path } from './path/path.ts';
import { verifySignature } from './signature.ts';

export type { Path } from './path/path.ts';

const MAX_PATH = 8;
/** One costs a millisecond at worst (P-521, RSA-8192); sets of certificates that need more were made to waste time. */
const MAX_SIGNATURE_CHECKS = 100;

/** What all searches that share it may still cost. */
export interface Effort {
  signatureChecksLeft: number;
}

export const newEffort = (): Effort => ({ signatureChecksLeft: MAX_SIGNATURE_CHECKS });

/** When several ways up fail, the refusal of the one that came furthest is told: later in this list is further. */
const HOW_FAR: readonly FailureCode[] = [
  'trust/no-anchor',
  'trust/bad-signature',
  'trust/not-an-authority',
  'trust/path-length',
];

interface Search {
  readonly anchors: ReadonlySet<string>;
  readonly candidates: readonly Certificate[];
  readonly now: Date;
  readonly refusals: FailureCode[];
  readonly effort: Effort;
}

/**
 * Finds a way from a certificate to an anchor on which every signature verifies and every certificate is valid now.
 *
 * An anchor is recognised by all its bytes and nothing less: a key identifier or a name can be copied by anybody. Key
 * identifiers only say what to try first, for in many certificates of the field they do not match. A certificate that
 * is itself an anchor needs no issuer. What names or policies an authority is restricted to is not evaluated: a path
 * with such restrictions is refused.
 *
 * @failure trust/no-anchor, trust/bad-signature, trust/not-an-authority, trust/path-length
 * @param effort shared by the searches of one call, lest each certificate of a hostile set may cost all of it anew
 * @failure trust/expired, trust/not-yet-valid, trust/weak-key, trust/weak-signature, trust/unsupported (of any on the way)
 * @failure trust/unsupported also when the effort is used up before a way is found
 */
export function buildPath(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  anchors: readonly Certificate[],
  now: Date,
  effort: Effort = newEffort(),
): Outcome<Path> {
  const search: Search = {
    anchors: new Set(anchors.map(({ fingerprint }) => fingerprint)),
    candidates: [...anchors, ...intermediates],
    now,
    refusals: ['trust/no-anchor'],
    effort,
  };
  const fault = faultOf(leaf, search);
  if (fault) return fail(fault);
  const path = climb([leaf], search);
  return path ? done(path) : fail(furthest(search.refusals));
}

function climb(path: Path, search: Search): Path | undefined {
  const last = path.at(-1)!;
  if (search.anchors.has(last.fingerprint)) return path;
  if (path.length === MAX_PATH) return undefined;
  for (const issuer of possibleIssuers(last, path, search)) {
    const fault = faultOfStep(path, last, issuer, search.effort) ?? faultOf(issuer, search);
    const found = fault ? undefined : climb([...path, issuer], search);
    if (found) return found;
    if (fault) search.refusals.push(fault);
  }
  return undefined;
}

/** Those whose name is the issuer's; anchors first, then those to which the key identifier points. */
function possibleIssuers(last: Certificate, path: Path, search: Search): readonly Certificate[] {
  const isNew = (candidate: Certificate): boolean =>
    path.every(({ subject, publicKeyInfo }) => {
      const sameName = subject.comparable === candidate.subject.comparable;
      return !sameName || !Buffer.from(publicKeyInfo).equals(candidate.publicKeyInfo);
    });
  const rank = ({ fingerprint, subjectKeyId }: Certificate): number =>
    (search.anchors.has(fingerprint) ? 0 : 2) + (subjectKeyId === last.authorityKeyId ? 0 : 1);
  return search.candidates
    .filter(({ subject }) => subject.comparable === last.issuer.comparable)
    .filter(isNew)
    .sort((one, other) => rank(one) - rank(other));
}

/** What forbids that `issuer` issued the last of the path. */
function faultOfStep(
  path: Path,
  last: Certificate,
  issuer: Certificate,
  effort: Effort,
): FailureCode | undefined {
  const fault = faultOfSignature(last, issuer, effort) ?? checkAuthority(issuer);
  if (fault) return fault;
  // Between the issuer and the leaf; those that an authority issued to itself, as when it changes its key, do not count.
  const followers = path.slice(1).filter((each) => !isSelfIssued(each)).length;
  const allowed = issuer.basicConstraints?.pathLength ?? MAX_PATH;
  return followers <= allowed ? undefined : 'trust/path-length';
}

/** A key that is made to cost time is refused before it is used once. */
function faultOfSignature(
  { signatureAlgorithm, signedPart, signature }: Certificate,
  issuer: Certificate,
  effort: Effort,
): FailureCode | undefined {
  const weak = checkKeyStrength(issuer, 'signature');
  if (weak) return weak;
  if (effort.signatureChecksLeft === 0) return 'trust/unsupported';
  effort.signatureChecksLeft -= 1;
  const verified = verifySignature(signatureAlgorithm, issuer.publicKey, signedPart, signature);
  return verified ? undefined : 'trust/bad-signature';
}

/** What is wrong with a certificate wherever it stands on the path. */
const faultOf = (certificate: Certificate, { anchors, now }: Search): FailureCode | undefined =>
  checkKnownExtensions(certificate) ??
  checkKeyStrength(certificate, 'signature') ??
  // An anchor is trusted as it stands: who signed it, and how, does not matter.
  (anchors.has(certificate.fingerprint) ? undefined : checkSignatureAlgorithm(certificate)) ??
  checkValidityPeriod(certificate, now);

const isSelfIssued = ({ subject, issuer }: Certificate): boolean =>
  subject.comparable === issuer.comparable;

const furthest = (refusals: readonly FailureCode[]): FailureCode =>
  refusals.reduce((best, code) => (distance(code) > distance(best) ? code : best));

const distance = (code: FailureCode): number =>
  HOW_FAR.includes(code) ? HOW_FAR.indexOf(code) : HOW_FAR.length;
