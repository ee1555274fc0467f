import type { PatientKey } from '../ids.ts';

/** That nothing which is kept of a patient may be removed, because a court or a lawyer wants it. */
export interface Hold {
  readonly patientKey: PatientKey;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** A word of the operator's: the case. */
  readonly reason: string;
  /** Who placed it, as he named himself. */
  readonly by: string;
}

/** Legal holds. Placing and releasing one is on record with it. */
export interface Holds {
  /** Strongly consistent. */
  isHeld(patient: PatientKey): Promise<boolean>;
  /** @returns the hold that is in force: an earlier one stays as it is */
  place(hold: Hold): Promise<Hold>;
  /** @returns the hold that is over now; undefined when there was none */
  release(patient: PatientKey, by: Pick<Hold, 'at' | 'by'>): Promise<Hold | undefined>;
  /** All that are in force. */
  list(): Promise<readonly Hold[]>;
}
