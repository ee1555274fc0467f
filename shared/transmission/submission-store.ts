import type { PatientKey, Sha256, SubmissionId } from '../ids.ts';
import type { Opening } from './opening.ts';

/** That a submission was taken, and which. Never changed. */
export interface TakenSubmission {
  readonly id: SubmissionId;
  readonly patientKey: PatientKey;
  /** Of what it says and asks for: the same message may be posted again in another envelope. */
  readonly contentSha256: Sha256;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What a submission becomes. */
export interface TakenOpening extends Omit<Opening, 'window'> {
  /** The request is made with it: nobody had asked for these copies. */
  readonly isNew?: true;
}

/** Of the patient's answers, and of what the patient asked for and stopped. */
export interface VersionsRead {
  readonly consents: number;
  readonly requests: number;
}

/** Where it is kept which submissions were taken. */
export interface SubmissionStore {
  /** Strongly consistent; undefined when it was not. */
  find(id: SubmissionId): Promise<TakenSubmission | undefined>;
  /**
   * Takes one: in one transaction it is on record, its requests are there, and all copies of all of them are opened. A
   * submission is taken once.
   *
   * @param openings one for each request; ten copies at most, all of one patient
   * @param asRead on what it was decided that a new request may be made
   * @returns `changed-meanwhile` when it was taken by somebody else, or a request or the answers are not as they were
   *   read any more, and nothing was written
   */
  take(
    taken: TakenSubmission,
    openings: readonly TakenOpening[],
    asRead: VersionsRead,
  ): Promise<'taken' | 'changed-meanwhile'>;
}
