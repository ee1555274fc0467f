import type { TransmissionId } from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Ledger } from '../transmission/ledger.ts';
import type { Transmission } from '../transmission/transmission.ts';
import type { Auditable } from './report.ts';
import {
  auditedDeed,
  type Happening,
  isNews,
  reportOfFact,
  reportOfMilestone,
} from './report-of.ts';

/**
 * Makes reports of what happened, one after the other; undefined of what is no news. Each transmission is read once,
 * however much happened to it: nothing of its identity ever changes.
 *
 * @failure transmission/unknown
 */
export function newsTeller(
  ledger: Pick<Ledger, 'identity'>,
): (happening: Happening) => Promise<Outcome<Auditable | undefined>> {
  const known = new Map<TransmissionId, Outcome<Transmission>>();
  return async (happening) => {
    if (happening.kind === 'milestone') return done(reportOfMilestone(happening.milestone));
    if (happening.kind === 'deed') return done(auditedDeed(happening.deed));
    const { fact, transmissionId } = happening;
    if (!isNews(fact)) return done(undefined);
    const found = known.get(transmissionId) ?? (await ledger.identity(transmissionId));
    known.set(transmissionId, found);
    return found.ok ? done(reportOfFact(fact, found.value)) : found;
  };
}
