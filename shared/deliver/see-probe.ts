import type { Now } from '../clock.ts';
import { done, fail, type Failure, type Outcome } from '../outcome.ts';
import type { FactBody } from '../transmission/facts.ts';
import type { Addition, Ledger } from '../transmission/ledger.ts';
import { progressOf } from '../transmission/progress.ts';
import type { Transmission } from '../transmission/transmission.ts';
import { stillToSend } from './claim.ts';
import { ended } from './settle.ts';

type End = Extract<FactBody, { kind: 'ended' }>;

/**
 * Whether what goes before a copy has arrived, so that the copy may be made. When it never will, the copy ends; both are
 * on record when this returns.
 *
 * @failure deliver/awaits-probe, deliver/probe-failed, transmission/ended, transmission/handed-over, transmission/unknown
 * @failure transmit-request/* with which the probe was stopped
 */
export async function seeProbe(
  { id, after }: Transmission,
  { ledger, now }: { readonly ledger: Pick<Ledger, 'read' | 'append'>; readonly now: Now },
): Promise<Outcome<void>> {
  if (after === undefined) return done(undefined);
  const probe = await ledger.read(after);
  if (!probe.ok) return probe;
  const { end } = progressOf(probe.value.facts);
  if (!end) return fail('deliver/awaits-probe');
  const failure = failureOf(end);
  const seen = await ledger.append(id, now(), (history): Outcome<Addition> => {
    const toSend = stillToSend(history);
    if (!toSend.ok) return toSend;
    if (end.end !== 'delivered') return done(ended(end.end, failure));
    return done({ facts: toSend.value.reached ? [] : [{ kind: 'reached' }] });
  });
  if (!seen.ok) return seen;
  return end.end === 'delivered' ? done(undefined) : { ok: false, failure };
}

/** A probe that was stopped says why by itself; how one failed is for operators. */
const failureOf = (end: End): Failure =>
  end.end === 'stopped'
    ? { code: end.code }
    : { code: 'deliver/probe-failed', ...(end.end === 'failed' && { detail: end.code }) };
