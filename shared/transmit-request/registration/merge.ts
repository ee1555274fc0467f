import { done, type Outcome } from '../../outcome.ts';
import { type Merge, mergeOf, type Merging } from '../../patient/merge.ts';
import type { PatientStore } from '../../patient/store.ts';
import { pauseAll, pausedFor, type PausePorts } from '../standing/pause.ts';
import type { TransmitRequest } from '../transmit-request.ts';

export interface MergePorts extends PausePorts {
  readonly patients: Pick<PatientStore, 'get' | 'merge'>;
}

export interface Merged {
  readonly change: Merge['change'];
  /** Of the survivor: paused until whoever may ask resumes each. */
  readonly paused: readonly TransmitRequest[];
  /** Of the registration that was given up: paused for good, because they rest on what was agreed to under it. */
  readonly leftBehind: readonly TransmitRequest[];
}

const WHY = 'patient/merged';

/**
 * Merges a registration into another of the same person. Whose record a request sends, and who agreed to it, is another
 * question after a merge than before: so both patients' requests are paused first, and what somebody resumes after the
 * merge goes on. A crash in between leaves requests paused and nothing merged, and a repeat does the rest; a repeat of what
 * was done pauses nothing of the survivor again.
 *
 * @failure patient/unknown, and the codes of `mergeOf`
 */
export async function mergeRegistrations(
  merging: Merging,
  ports: MergePorts,
): Promise<Outcome<Merged>> {
  const from = await ports.patients.get(merging.from);
  if (!from.ok) return from;
  const into = await ports.patients.get(merging.into);
  if (!into.ok) return into;
  const decided = mergeOf(from.value, into.value);
  if (!decided.ok) return decided;
  if (decided.value.change === 'merged') {
    await pauseAll(into.value.key, WHY, ports);
    await pauseAll(from.value.key, WHY, ports);
  }
  const merged = await ports.patients.merge(merging);
  if (!merged.ok) return merged;
  return done({
    change: merged.value,
    paused: await pausedFor(into.value.key, WHY, ports),
    // Once more: somebody may have asked for something right before the merge, and nobody can stop it any more.
    leftBehind: await pauseAll(from.value.key, WHY, ports),
  });
}
