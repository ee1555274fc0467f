import { done, fail, type Outcome } from '../outcome.ts';
import type { Certificate } from './certificate.ts';
import type { Effort } from './path/effort.ts';
import type { Path } from './path/path.ts';
import { furthest } from './path/refusals.ts';
import { newSearch } from './path/search.ts';
import { validPaths } from './path/valid-paths.ts';
import { STRICT } from './rules.ts';

export type { Path } from './path/path.ts';
export { newEffort, type Effort } from './path/effort.ts';

/** The first valid path from a certificate to an anchor, or why there is none. */
export function buildPath(
  leaf: Certificate,
  candidates: readonly Certificate[],
  anchors: readonly Certificate[],
  now: Date,
  effort?: Effort,
): Outcome<Path> {
  const options = { anchors, candidates, rules: STRICT, now, usages: [] };
  const search = newSearch({ ...options, ...(effort && { effort }) });
  for (const { certificates } of validPaths(leaf, search)) return done(certificates);
  return fail(furthest(search.refusals));
}
