import type { Random } from '../chance.ts';
import type { Now } from '../clock.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Ledger } from '../transmission/ledger.ts';
import type { FactBody } from '../transmission/facts.ts';
import type { History, Transmission } from '../transmission/transmission.ts';
import { holdsLease, stillToSend } from './claim.ts';
import type { Relay } from './relay.ts';
import { accepted, refused, uncertain } from './settle.ts';

export interface HandOverPorts {
  readonly ledger: Ledger;
  readonly relay: Relay;
  readonly now: Now;
  readonly random: Random;
}

export type Intent = Extract<FactBody, { kind: 'intent' }>;

/**
 * Hands a finished message to the relay, once.
 *
 * The intent is on record before the message leaves, in a transaction that also checks that the request and the
 * address are active: so nothing leaves after a revocation was acknowledged, unless its intent is older. A call to
 * the relay is never repeated here; what its answer means is written down, and a lost answer is written down as such.
 *
 * @failure transmit-request/revoked, /expired, transmission/lease-lost, /ended, /handed-over: nothing was sent
 */
export async function handOver(
  transmission: Transmission,
  intent: Intent,
  bytes: Uint8Array,
  owner: string,
  { ledger, relay, now, random }: HandOverPorts,
): Promise<Outcome<History>> {
  const { attempt, envelopeId } = intent;
  const said = await ledger.append(transmission.id, now(), (history) => {
    const held = holdsLease(history, owner, attempt);
    if (!held.ok) return held;
    const toSend = stillToSend(history);
    // Found under these names from now on: a notice may be faster than the relay's answer.
    const knownAs = [intent.messageId, ...(envelopeId ? [envelopeId] : [])];
    return toSend.ok ? done({ facts: [intent], knownAs, whileActive: true }) : toSend;
  });
  if (!said.ok) return said;

  const { sender: from, address: to } = transmission;
  const copy = { transmissionId: transmission.id, attempt };
  const answer = await relay.submit({ from, to, bytes, copy, ...(envelopeId && { envelopeId }) });

  const at = now();
  return ledger.append(transmission.id, at, (history) => {
    if (answer.ok) return done(accepted(history, attempt, answer.value, at));
    return answer.failure.code === 'deliver/unanswered'
      ? done(uncertain(history, attempt, at))
      : done(refused(history, attempt, answer.failure, at, random));
  });
}
