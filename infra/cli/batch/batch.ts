import type { FailureCode } from '../../../shared/failures.ts';

/** A command for programs: a request in JSON on each line in, an answer on each line out. */
export interface Batch {
  /** The fields of a request, as the list of commands shows them. */
  readonly takes: string;
  /** What the first field of an answer is called, which says whether all is well. @default 'ok' */
  readonly verdict?: string;
  /** The fields of an answer behind `id`, the verdict and `code`. */
  readonly gives: string;
  /** Those fields where there is nothing to tell: a refusal has them, and what could not be processed. */
  readonly nothing: Readonly<Record<string, unknown>>;
  /** For the summary: `12 of 14 messages opened`. */
  readonly counts: string;
  /** Of one line; what is longer is not read. @default 1 */
  readonly maxLineMegabytes?: number;
  /** What a caller has to know beside the fields, line by line, for `--help`. */
  readonly notes?: readonly string[];
  /** Begins a run. What it reads of keys and certificates it may keep until the run ends. */
  start(): Worker;
}

/** @throws CommandError when the request cannot be processed: then its code is all that is answered */
export type Worker = (request: unknown) => Promise<Answer>;

/** Fields in the order in which they are written. */
export interface Answer {
  /** Written under the name of the verdict. */
  readonly ok: boolean;
  readonly code?: FailureCode;
  readonly [field: string]: unknown;
}
