import type { FailureCode } from '../failures.ts';
import { done, fail, type Outcome, type Refused } from '../outcome.ts';
import type { Certificate } from './certificate.ts';
import { crlIssuersUnder } from './crl-issuers.ts';
import { newIssuerSearch, type IssuerSearch } from './issuers/issuer-search.ts';
import { newEffort } from './path/effort.ts';
import type { Path } from './path/path.ts';
import { furthest } from './path/refusals.ts';
import { newSearch, type Search, type SearchOptions } from './path/search.ts';
import { validPaths } from './path/valid-paths.ts';
import { checkRevocation, type Evidence, type RevocationWord } from './revocation/revocation.ts';
import type { TrustRules } from './rules.ts';
import type { Sources } from './sources.ts';
import { thrifty } from './thrifty-sources.ts';

export interface JudgeOptions extends Omit<SearchOptions, 'candidates'> {
  /** What else is at hand; never believed as such. */
  readonly intermediates: readonly Certificate[];
  /** Revocation lists and OCSP answers that are at hand. */
  readonly evidence?: Evidence;
  /** Without them nothing is fetched. */
  readonly sources?: Sources;
}

export interface PathVerdict {
  readonly path: Path;
  /** OIDs, in the words of the anchor. */
  readonly policies: readonly string[];
  readonly revocation: RevocationWord;
}

/** More valid paths from one certificate were made to have revocation asked over and over. */
const MAX_PATHS = 8;

/**
 * Finds a way from a certificate to an anchor that is valid and on which nothing is revoked.
 *
 * Every way is tried until one will do. When there is none among what is at hand, and `sources` may be asked, issuers
 * are fetched from where the certificates say that they lie, each place once, until there is one or nothing comes.
 *
 * @failure of the way that came furthest: what its revocation says comes behind all that is wrong with paths
 * @failure trust/issuer-unreachable, trust/blocked-source (no way, and an issuer could not be fetched)
 */
export async function judgePath(
  leaf: Certificate,
  options: JudgeOptions,
): Promise<Outcome<PathVerdict>> {
  const sources = options.sources && thrifty(options.sources);
  const issuers = sources && newIssuerSearch(sources, options.now);
  let known: SearchOptions = {
    ...options,
    candidates: options.intermediates,
    effort: options.effort ?? newEffort(),
  };
  for (;;) {
    const search = newSearch(known);
    const judged = await firstUnrevoked(leaf, search, known, {
      ...options,
      ...(sources && { sources }),
    });
    if (judged) return judged;
    const fetched = (await issuers?.issuersOf(deadEndsOf(leaf, search))) ?? [];
    if (fetched.length === 0) return fail(refusalOf(search, issuers));
    known = { ...known, candidates: [...known.candidates, ...fetched] };
  }
}

/** @returns undefined when there is no valid path at all */
async function firstUnrevoked(
  leaf: Certificate,
  search: Search,
  known: SearchOptions,
  { now, rules, evidence = { crls: [], ocsp: [] }, sources }: JudgeOptions,
): Promise<Outcome<PathVerdict> | undefined> {
  let refusal: Refused | undefined;
  let paths = 0;
  for (const { certificates: path, policies } of validPaths(leaf, search)) {
    const validIssuersOfCrl = crlIssuersUnder(path.at(-1)!, known);
    const asked = { now, rules, evidence, validIssuersOfCrl, ...(sources && { sources }) };
    const outcome = isNobodys(path, search)
      ? unasked(rules)
      : (await checkRevocation(path, asked)).outcome;
    if (outcome.ok) return done({ path, policies, revocation: outcome.value });
    if (refusal?.failure.code !== 'trust/revoked') refusal = outcome;
    if (++paths === MAX_PATHS) break;
  }
  return refusal;
}

/** A certificate that signed itself and is no anchor, which rules may allow: there is nobody to say that it is good. */
const isNobodys = ([leaf, issuer]: Path, { anchors }: Search): boolean =>
  issuer === undefined && !anchors.has(leaf.fingerprint);

function unasked({ revocation }: TrustRules): Outcome<RevocationWord> {
  if (revocation === 'required') return fail('trust/revocation-unknown', 'no-source');
  return done(revocation === 'off' ? 'off' : 'not-named');
}

/**
 * Whose issuers are to be looked for. Beside those that lead nowhere the certificate itself: its issuer may have been
 * certified by another authority as well.
 */
const deadEndsOf = (leaf: Certificate, { deadEnds }: Search): readonly Certificate[] =>
  deadEnds.size === 0 ? [] : [...new Set([leaf, ...deadEnds.values()])];

/** An issuer that could not be fetched explains only that none was found. */
function refusalOf({ refusals }: Search, issuers: IssuerSearch | undefined): FailureCode {
  const code = furthest(refusals);
  const isExplained = code === 'trust/no-anchor' || code === 'trust/bad-signature';
  return (isExplained ? issuers?.fault() : undefined) ?? code;
}
