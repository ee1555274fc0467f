import type { PatientKey } from '../../ids.ts';
import type { Page, Paging } from '../../page.ts';
import type { Activity } from './activity.ts';

/** One line and whose log it stands in. */
export interface Logged {
  readonly patientKey: PatientKey;
  readonly activity: Activity;
}

/** The log of each patient, as far as what happened is told. */
export interface ActivityStore {
  /** Keeps lines; one that is there is kept once. @param lines at most 20 */
  keep(lines: readonly Logged[]): Promise<void>;
  /** Newest first; places are those of `placeOfActivity`. Strongly consistent. */
  page(patient: PatientKey, paging: Paging): Promise<Page<Activity>>;
}
