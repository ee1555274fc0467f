import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';
import type { Path } from '../path/path.ts';
import { depthOf } from '../path/self-issued.ts';

/**
 * Whether an authority allows as many authorities between itself and the leaf as there are.
 *
 * @param below what the path has so far, the leaf first
 * @see RFC 5280 sections 4.2.1.9, 6.1.4 (l) and (m)
 */
export function checkPathLength(
  { basicConstraints }: Certificate,
  below: Path,
): FailureCode | undefined {
  const allowed = basicConstraints?.pathLength ?? Infinity;
  return depthOf(below) <= allowed ? undefined : 'trust/path-length';
}
