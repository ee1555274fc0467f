import type { Auditable } from './report.ts';

/** What was reported, for good. Nothing in it is ever changed. */
export interface Audit {
  /**
   * Enters what is not entered yet, in this order, as one entry of the chain that the first report's id names.
   *
   * @param batch 1 to 20
   * @returns those that were entered now
   */
  append(batch: readonly Auditable[], now: Date): Promise<readonly Auditable[]>;
}
