import { errorNameOf, type Log } from '../log.ts';

/**
 * Enters a function that a schedule rings. What arrives is not looked at: the time of a ring says nothing that the
 * table does not say better. A throw is logged by its place and thrown on, so that the alarm on errors sees it.
 */
export const onSchedule =
  (work: () => Promise<void>, log: Log) =>
  async (_event: unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error('record-failed', { errorName: errorNameOf(error) });
      throw error;
    }
  };
