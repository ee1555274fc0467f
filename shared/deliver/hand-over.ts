import type { Now } from '../clock.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Addition, Ledger } from '../transmission/ledger.ts';
import type { FactBody } from '../transmission/facts.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History, Transmission } from '../transmission/transmission.ts';
import { holdsLease } from './claim.ts';
import type { Relay } from './relay.ts';
import { accepted, refused, uncertain } from './settle.ts';

export interface HandOverPorts {
  readonly ledger: Ledger;
  readonly relay: Relay;
  readonly now: Now;
}

export type Intent = Extract<FactBody, { kind: 'intent' }>;

/**
 * Hands a finished message to the relay, once.
 *
 * The intent is on record before the message leaves, in a transaction that also checks that the request and the
 * address are active: so nothing leaves after a revocation was acknowledged, unless its intent is older. A call to
 * the relay is never repeated here; what its answer means is written down, and a lost answer is written down as such.
 *
 * @failure transmit-request/revoked, transmission/lease-lost: nothing was sent
 */
export async function handOver(
  transmission: Transmission,
  intent: Intent,
  bytes: Uint8Array,
  owner: string,
  { ledger, relay, now }: HandOverPorts,
): Promise<Outcome<History>> {
  const { attempt } = intent;
  const said = await ledger.append(transmission.id, now(), (history) => {
    const held = holdsLease(history, owner, attempt);
    // Found under its Message-ID from now on: a notice may be faster than the relay's answer.
    const { messageId } = intent;
    return held.ok ? done({ facts: [intent], messageId, whileActive: true }) : held;
  });
  if (!said.ok) return said;

  const answer = await relay.submit({ from: transmission.sender, to: transmission.address, bytes });

  const at = now();
  return ledger.append(transmission.id, at, (history) =>
    done(afterAnswer(history, attempt, answer, at)),
  );
}

/** A notice may have been faster than the relay's answer and have ended the transmission: then nothing is due. */
function afterAnswer(
  history: History,
  attempt: number,
  answer: Awaited<ReturnType<Relay['submit']>>,
  now: Date,
): Addition {
  const { plan } = history.transmission;
  const { end } = progressOf(history.facts);
  if (answer.ok) {
    const addition = accepted(plan, attempt, answer.value.receipt, now);
    return end ? { ...addition, dueAt: 'never' } : addition;
  }
  if (end) return { facts: [], lease: 'released', dueAt: 'never' };
  return answer.failure.code === 'deliver/unanswered'
    ? uncertain(plan, attempt, now)
    : refused(history, attempt, answer.failure, now);
}
