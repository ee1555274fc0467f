import type { Certificate } from '../certificate.ts';
import { buildPath } from '../chain.ts';
import type { ValidPath } from './path.ts';
import type { Search } from './search.ts';

/** Yields every valid path from a certificate to an anchor, the preferred ones first. */
export function* validPaths(leaf: Certificate, search: Search): Generator<ValidPath> {
  const all = [...search.bySubject.values()].flat();
  const anchors = all.filter(({ fingerprint }) => search.anchors.has(fingerprint));
  const path = buildPath(leaf, all, anchors, search.now);
  if (path.ok) yield { certificates: path.value, policies: [] };
  else search.refusals.push(path.failure.code);
}
