import type { Certificate } from '../certificate.ts';
import { checkValidityPeriod } from '../checks/validity-period.ts';
import type { Path } from './path.ts';
import type { Search } from './search.ts';

/**
 * Of the certificates that bear the name of the last one's issuer those that are not on the path yet, and which to try
 * first. Anchors come first, then those to which the key identifier points, then those that are valid now. Key
 * identifiers are hints and no more, for in many certificates of the field they do not match.
 */
export function inOrder(
  named: readonly Certificate[],
  path: Path,
  search: Search,
): readonly Certificate[] {
  const { authorityKeyId } = path.at(-1)!;
  const rank = (each: Certificate): number =>
    (search.anchors.has(each.fingerprint) ? 0 : 4) +
    (authorityKeyId !== undefined && each.subjectKeyId === authorityKeyId ? 0 : 2) +
    (checkValidityPeriod(each, search.now) ? 1 : 0);
  return named
    .filter((candidate) => !path.some((each) => isSameEntity(each, candidate)))
    .map((candidate) => ({ candidate, rank: rank(candidate) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ candidate }) => candidate);
}

/** An authority that stands on a path twice leads in a circle, under whatever certificates. */
const isSameEntity = (one: Certificate, other: Certificate): boolean =>
  one.subject.comparable === other.subject.comparable &&
  Buffer.compare(one.publicKeyInfo, other.publicKeyInfo) === 0;
