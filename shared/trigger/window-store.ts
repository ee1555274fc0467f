import type { RequestId, TriggerId } from '../ids.ts';
import type { Milestone } from '../transmit-request/milestone.ts';
import type { Window } from './window.ts';

/** Open windows, at most one for each request. How one is closed, the ledger knows: its copies are opened with it. */
export interface WindowStore {
  /** Strongly consistent. */
  read(request: RequestId): Promise<Window | undefined>;
  /**
   * Lets a trigger join, once and for all: in one transaction the windows become what is decided of each, and the trigger
   * is never due again. When somebody else wrote in between, all of it is read and decided again.
   *
   * @param requests at most 99, each once
   * @param decide gets the window of a request, if one is open; answers the same when nothing changes, and nothing when
   *   none is to be open. Versions are counted by the store
   * @returns the windows that are open after it; `joined-before` when an earlier call did it, and nothing was changed
   */
  join(
    trigger: TriggerId,
    requests: readonly RequestId[],
    decide: (request: RequestId, window: Window | undefined) => Window | undefined,
  ): Promise<readonly Window[] | 'joined-before'>;
  /**
   * Keeps a window as it was decided after it was read, or drops it, and says of what was decided what the data holder is
   * told.
   *
   * @returns `changed-meanwhile` when it is not the one that was read any more, and nothing was written
   */
  change(
    read: Window,
    decided: Window | 'dropped',
    told?: Milestone,
  ): Promise<'changed' | 'changed-meanwhile'>;
}
