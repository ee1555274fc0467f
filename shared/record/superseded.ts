import type { PatientKey } from '../ids.ts';

/** Bytes that no document of the current record points at any more. */
export interface Superseded {
  readonly patientKey: PatientKey;
  readonly bytesAt: string;
  /** Since when, ISO 8601 UTC. */
  readonly at: string;
}
