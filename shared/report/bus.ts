import type { Report } from './report.ts';

/** Where the data holder's own programs listen. What is published twice is the same report by its id. */
export interface Bus {
  /**
   * Publishes in this order, as far as the bus keeps one.
   *
   * @throws Error when not all of them were taken; those that were are on the bus
   */
  publish(reports: readonly Report[]): Promise<void>;
}
