import type { Certificate } from '../certificate.ts';
import { checkValidityPeriod } from '../checks/validity-period.ts';
import type { Path } from './path.ts';
import type { Search } from './search.ts';

/**
 * What may have issued the last certificate of a path: all whose name is its issuer's and that are not on the path yet.
 * Anchors come first, then those to which the key identifier points, then those that are valid now. Key identifiers are
 * hints and no more, for in many certificates of the field they do not match.
 */
export function possibleIssuers(path: Path, search: Search): readonly Certificate[] {
  const last = path.at(-1)!;
  const rank = (each: Certificate): number =>
    (search.anchors.has(each.fingerprint) ? 0 : 4) +
    (last.authorityKeyId !== undefined && each.subjectKeyId === last.authorityKeyId ? 0 : 2) +
    (checkValidityPeriod(each, search.now) ? 1 : 0);
  return (search.bySubject.get(last.issuer.comparable) ?? [])
    .filter((candidate) => !path.some((each) => isSameEntity(each, candidate)))
    .map((candidate) => ({ candidate, rank: rank(candidate) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ candidate }) => candidate);
}

/** An authority that stands on a path twice leads in a circle, under whatever certificates. */
const isSameEntity = (one: Certificate, other: Certificate): boolean =>
  one.subject.comparable === other.subject.comparable &&
  Buffer.from(one.publicKeyInfo).equals(other.publicKeyInfo);
