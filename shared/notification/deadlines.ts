import { later } from '../clock.ts';
import type { FailureCode } from '../failures.ts';
import type { Progress } from '../transmission/progress.ts';
import type { Plan } from '../transmission/transmission.ts';

/**
 * Whether the notices that the plan asks for are all there. Their order does not matter. Somebody else's HISP to which a
 * copy was handed over says it all at once; where nobody but a HISP has the copy, so does the recipient, who has it then.
 */
export const isDelivered = (plan: Plan, progress: Progress): boolean => {
  const { isWithHisp, confirmed, processed, dispatched } = progress;
  if (confirmed) return true;
  if (isWithHisp) return (processed ?? dispatched) !== undefined;
  return processed !== undefined && (plan.delivery === 'processed' || dispatched !== undefined);
};

export interface Deadline {
  readonly at: Date;
  /** What the transmission ends with when it passes. */
  readonly code: FailureCode;
}

/** The next deadline of a copy that left; both run from the hand-over and are not moved by notices. */
export function deadlineOf(plan: Plan, progress: Progress): Deadline | undefined {
  const { handedOverAt, isWithHisp, processed } = progress;
  if (!handedOverAt || isDelivered(plan, progress)) return undefined;
  if (isWithHisp) {
    const withinSeconds = Math.max(plan.processedWithinSeconds, plan.dispatchedWithinSeconds);
    return { at: later(handedOverAt, withinSeconds), code: 'notification/hisp-silent' };
  }
  return processed
    ? {
        at: later(handedOverAt, plan.dispatchedWithinSeconds),
        code: 'notification/no-final-confirmation',
      }
    : { at: later(handedOverAt, plan.processedWithinSeconds), code: 'notification/not-processed' };
}
