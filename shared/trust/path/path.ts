import type { Certificate } from '../certificate.ts';

/** Certificates from the leaf, which comes first, to an anchor. */
export type Path = readonly [Certificate, ...Certificate[]];

/** One on which everything holds that RFC 5280 demands of a path. */
export interface ValidPath {
  readonly certificates: Path;
  /** OIDs of the policies, in the words of the anchor, under which the whole path was issued. */
  readonly policies: readonly string[];
}
