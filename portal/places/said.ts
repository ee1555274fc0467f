import type { Leaving } from '../api/views.ts';

/** What was done, to be told once. */
export interface Said {
  readonly done: string;
  /** Copies that may be leaving nevertheless. */
  readonly inFlight?: readonly Leaving[] | undefined;
}
