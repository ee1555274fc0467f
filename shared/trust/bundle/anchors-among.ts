import type { Sha256 } from '../../ids.ts';
import { readCertificate, type Certificate } from '../certificate.ts';

export interface BundledAnchors {
  /** Each once. */
  readonly anchors: readonly Certificate[];
  /** Certificates that cannot be read, or are no authority's. */
  readonly skipped: number;
}

/**
 * Which of the certificates of a bundle serve as anchors. Weak and expired ones do: whoever validates a path judges that.
 *
 * @param certificates DER
 * @param endEntities whether those that say they are no authority's are kept too
 */
export function anchorsAmong(
  certificates: readonly Uint8Array[],
  endEntities: boolean,
): BundledAnchors {
  const anchors = new Map<Sha256, Certificate>();
  let skipped = 0;
  for (const bytes of certificates) {
    const read = readCertificate(bytes);
    if (read.ok && (endEntities || mayBeAuthority(read.value))) {
      anchors.set(read.value.fingerprint, read.value);
    } else skipped += 1;
  }
  return { anchors: [...anchors.values()], skipped };
}

/** Anchors of the field were made before anybody wrote basicConstraints: one that says nothing is not refused for it. */
function mayBeAuthority({ basicConstraints, keyUsage }: Certificate): boolean {
  if (basicConstraints) return basicConstraints.ca;
  return keyUsage?.has('keyCertSign') ?? true;
}
