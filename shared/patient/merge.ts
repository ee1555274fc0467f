import type { PatientId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { normalIdentifiers } from './identifier.ts';
import type { Patient } from './patient.ts';

/** Two registrations that turned out to be of one person. */
export interface Merging {
  /** The one that is given up. */
  readonly from: PatientId;
  /** The one that stays. */
  readonly into: PatientId;
}

/** What a merge makes of both. */
export type Merge =
  | { readonly change: 'merged'; readonly given: Patient; readonly survivor: Patient }
  /** It was done before: there is nothing to change. */
  | { readonly change: 'unchanged' };

/** So many are moved, released and taken in one transaction, which takes 100 writes. */
const MAX_IDENTIFIERS = 40;

/**
 * What comes of merging one registration into another. Who was given up keeps the list of what it held, as evidence;
 * name, birth date and all else of the survivor stay as they are.
 *
 * A merge that was made is made, also when the survivor was given up later; and no one is merged twice, so following
 * `mergedInto` ends with somebody.
 *
 * @failure patient/same, patient/merged-elsewhere (into a third one), patient/merged (the survivor itself was given up),
 *   patient/too-many-identifiers
 */
export function mergeOf(given: Patient, survivor: Patient): Outcome<Merge> {
  if (given.id === survivor.id) return fail('patient/same');
  if (given.mergedInto === survivor.id) return done({ change: 'unchanged' });
  if (given.mergedInto !== undefined) return fail('patient/merged-elsewhere');
  if (survivor.mergedInto !== undefined) return fail('patient/merged');
  const identifiers = normalIdentifiers([...survivor.identifiers, ...given.identifiers]);
  if (identifiers.length > MAX_IDENTIFIERS) return fail('patient/too-many-identifiers');
  return done({
    change: 'merged',
    given: { ...given, mergedInto: survivor.id },
    survivor: { ...survivor, identifiers },
  });
}
