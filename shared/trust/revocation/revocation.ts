import type { FailureCode } from '../../failures.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Certificate } from '../certificate.ts';
import type { Path } from '../path/path.ts';
import type { TrustRules } from '../rules.ts';
import type { Sources } from '../sources.ts';
import { statusOf } from './certificate-status.ts';
import type { Crl } from './crl.ts';
import type { Decision, Evidence } from './decision.ts';
import { newFetching } from './fetching.ts';
import { doubtOfSigner, stands } from './signer-standing.ts';
import { nearest, unknown, type Doubt, type Status } from './status.ts';

export type { Evidence } from './decision.ts';

/**
 * What was found out about revocation: nothing on the path is revoked (`good`), nobody can say of something on it
 * (`unknown`, by soft-fail), something on it names no source that could be asked (`not-named`), or nobody was asked
 * (`off`).
 */
export type RevocationWord = 'good' | 'unknown' | 'not-named' | 'off';

export interface RevocationContext {
  readonly now: Date;
  readonly rules: Pick<TrustRules, 'revocation' | 'allowSha1' | 'minimumRsaBits'>;
  readonly evidence: Evidence;
  /** Without them nothing is fetched. */
  readonly sources?: Sources;
  /**
   * Certificates with that comparable subject that were validated to the anchor of the path: authorities may sign their
   * lists with another key than their certificates. The path's own need not be among them.
   */
  readonly validIssuersOfCrl: (comparable: string) => readonly Certificate[];
  /** @default readCrl; one that remembers what it read saves reading large lists again and again */
  readonly readCrl?: (bytes: Uint8Array) => Outcome<Crl>;
}

export interface RevocationAnswer {
  readonly outcome: Outcome<RevocationWord>;
  /** Of an answer that is not known: what came nearest to one, and is also the detail of the refusal. */
  readonly why?: Doubt;
}

const MAX_SIGNATURE_CHECKS = 100;

/**
 * Finds out whether any certificate of a valid path was revoked; the anchor is trusted as it stands.
 *
 * Lists and OCSP answers are heard that are given, then those to which the certificates point, OCSP first. All
 * certificates are asked about even when one is doubtful: that another is revoked says more. It fetches ten things at
 * most.
 *
 * @failure trust/revoked
 * @failure trust/revocation-unknown, trust/blocked-source (no source may be connected to); the detail is one of `Doubt`
 * @see RFC 5280 section 6.3, RFC 6960 section 3
 */
export async function checkRevocation(
  path: Path,
  context: RevocationContext,
): Promise<RevocationAnswer> {
  const { rules } = context;
  if (rules.revocation === 'off') return { outcome: done('off') };
  const decision = newDecision(path, context);
  const statuses: Status[] = [];
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const status = await statusOnPath(certificate, path[index + 1]!, decision);
    if (status.kind === 'revoked') return { outcome: fail('trust/revoked') };
    statuses.push(status);
  }
  const doubts = statuses.flatMap((status) => ('why' in status ? [status.why] : []));
  if (doubts.length === 0) return { outcome: done('good') };
  const why = nearest(doubts);
  if (!statuses.every((status) => status.kind === 'good' || stands(status, decision))) {
    return { outcome: fail(refusalFor(why), why), why };
  }
  return { outcome: done(why === 'no-source' ? 'not-named' : 'unknown'), why };
}

/** Where no source may be connected to, waiting helps nobody. */
const refusalFor = (why: Doubt): FailureCode =>
  why === 'blocked' ? 'trust/blocked-source' : 'trust/revocation-unknown';

function newDecision(
  path: Path,
  { now, rules, evidence, sources, validIssuersOfCrl, readCrl }: RevocationContext,
): Decision {
  const decision: Decision = {
    path,
    now,
    rules,
    evidence,
    validIssuersOfCrl,
    ...(sources && { fetching: newFetching(sources, now) }),
    ...(readCrl && { readCrl }),
    signatureChecksLeft: MAX_SIGNATURE_CHECKS,
    doubtOfSigner: async (signer, question) => doubtOfSigner(signer, question, decision),
  };
  return decision;
}

/** A path on which the names do not lead from one to the next is none: nobody's word about it counts. */
async function statusOnPath(
  certificate: Certificate,
  issuer: Certificate,
  decision: Decision,
): Promise<Status> {
  if (certificate.issuer.comparable !== issuer.subject.comparable) return unknown('forged');
  return statusOf({ certificate, issuer, asking: [certificate.fingerprint] }, decision);
}
