import { later } from '../clock.ts';
import type { FailureCode } from '../failures.ts';
import type { Progress } from '../transmission/progress.ts';
import type { Plan } from '../transmission/transmission.ts';

/** Whether the notices that the plan asks for are all there. Their order does not matter. */
export const isDelivered = (plan: Plan, { processed, dispatched }: Progress): boolean =>
  processed !== undefined && (plan.delivery === 'processed' || dispatched !== undefined);

export interface Deadline {
  readonly at: Date;
  /** What the transmission ends with when it passes. */
  readonly code: FailureCode;
}

/** The next deadline of a copy that left; both run from the hand-over and are not moved by notices. */
export function deadlineOf(plan: Plan, progress: Progress): Deadline | undefined {
  const { handedOverAt, processed } = progress;
  if (!handedOverAt || isDelivered(plan, progress)) return undefined;
  return processed
    ? {
        at: later(handedOverAt, plan.dispatchedWithinSeconds),
        code: 'notification/no-final-confirmation',
      }
    : { at: later(handedOverAt, plan.processedWithinSeconds), code: 'notification/not-processed' };
}
