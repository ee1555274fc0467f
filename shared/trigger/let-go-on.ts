import { later } from '../clock.ts';
import { done, type Outcome } from '../outcome.ts';
import type { DeadlineSettings } from '../settings.ts';
import type { Named } from '../transmit-request/named.ts';
import { isServed } from '../transmit-request/running.ts';
import { resumeOne, type ResumePorts, type Resuming } from '../transmit-request/standing/resume.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { AmendmentStore, DecidedAmendment } from './amendment-store.ts';
import { resumedTrigger } from './event.ts';

export interface LetGoOnPorts extends Pick<ResumePorts, 'now'> {
  readonly amendments: AmendmentStore;
  readonly settings: ResumePorts['settings'] & { readonly deadlines: DeadlineSettings };
}

/**
 * Lets a request go on, as `resumeOne` does. One that asks for a single copy was paused before that was opened, and what
 * would have opened it may have passed by: so a reason to send comes with it. All others wait for their next.
 *
 * @failure the codes of `resumeOne`
 */
export function letGoOn(
  resuming: Resuming,
  named: Named,
  { amendments, settings, now: clock }: LetGoOnPorts,
): Promise<Outcome<TransmitRequest>> {
  const change: ResumePorts['requests']['change'] = async (patient, id, now, decide) => {
    const dueAt = later(now, settings.deadlines.doorbellLostAfterSeconds);
    const kept = await amendments.amend(patient, id, now, 0, (current) => {
      const decided = decide(current);
      if (!decided.ok) return decided;
      const request = decided.value;
      const isLeft = request.frequency === 'once' && !isServed(request);
      const brought = { trigger: { trigger: resumedTrigger(request, now), dueAt } };
      const amendment: DecidedAmendment = { request, by: resuming.actor, restsOnConsent: false };
      return done(isLeft ? { ...amendment, ...brought } : amendment);
    });
    if (kept === 'consents-changed') throw new Error('What rests on no consent was held to one');
    return kept;
  };
  return resumeOne(resuming, named, { requests: { change }, settings, now: clock });
}
