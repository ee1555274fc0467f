import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';
import type { TrustRules } from '../rules.ts';
import { newEffort, type Effort } from './effort.ts';

export interface SearchOptions {
  readonly anchors: readonly Certificate[];
  /** What else is at hand; never believed as such. */
  readonly candidates: readonly Certificate[];
  readonly rules: TrustRules;
  readonly now: Date;
  /** OIDs of the extended key usages, each of which the whole path has to allow. */
  readonly usages: readonly string[];
  /** Shared by the searches of one decision, lest each certificate of a hostile set may cost all of it anew. */
  readonly effort?: Effort;
}

/** What `validPaths` looks through, and what it learnt on the way. */
export interface Search {
  /** Fingerprints: an anchor is recognised by all its bytes and nothing less. */
  readonly anchors: ReadonlySet<string>;
  /** Anchors and candidates, each once, by the comparable form of the subject. */
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
  readonly rules: TrustRules;
  readonly now: Date;
  readonly usages: readonly string[];
  readonly effort: Effort;
  /** Why others than the paths that were found are not valid. */
  readonly refusals: FailureCode[];
  /** Certificates for which no issuer that works is at hand: what caIssuers points to may help. By fingerprint. */
  readonly deadEnds: Map<string, Certificate>;
}

export function newSearch(options: SearchOptions): Search {
  const { anchors, candidates, rules, now, usages } = options;
  const all = new Map([...anchors, ...candidates].map((each) => [each.fingerprint, each]));
  const bySubject = Map.groupBy(all.values(), ({ subject }) => subject.comparable);
  return {
    anchors: new Set(anchors.map(({ fingerprint }) => fingerprint)),
    bySubject,
    rules,
    now,
    usages,
    effort: options.effort ?? newEffort(),
    refusals: [],
    deadEnds: new Map(),
  };
}
