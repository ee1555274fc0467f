import type { DeliveryId } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';
import type { Delivery } from '../delivery.ts';

/** Where reports on their way are kept. What waits is due at its `nextAttemptAt`. */
export interface DeliveryStore {
  /** One that is there already is left as it is. */
  add(delivery: Delivery): Promise<void>;
  /** Strongly consistent. @failure report/unknown-delivery */
  get(id: DeliveryId): Promise<Outcome<Delivery>>;
  /**
   * Reads, decides and writes if nobody else wrote in between, else decides again; answers undefined when there was nothing to decide, and then nothing was written.
   *
   * @failure report/unknown-delivery
   */
  change(
    id: DeliveryId,
    decide: (current: Delivery) => Delivery | undefined,
  ): Promise<Outcome<Delivery | undefined>>;
}
