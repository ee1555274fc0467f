import { done, type Failure, type Outcome } from '../outcome.ts';
import { sha256, type TransmissionId } from '../ids.ts';
import type { BytesStore } from '../record/store.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History, Lease } from '../transmission/transmission.ts';
import { claim, holdsLease } from './claim.ts';
import { handOver, type HandOverPorts } from './hand-over.ts';
import { prepare, type Prepared, type PreparePorts } from './prepare.ts';
import { isStop, refused, stopped } from './settle.ts';

export interface SendPorts extends PreparePorts, HandOverPorts {
  /** What is about to leave, kept so that an uncertain copy can be sent again as it was. */
  readonly messages: BytesStore;
  /** Made anew for each call: tells this worker's hold from every other's. */
  readonly newOwner: () => string;
}

/**
 * Sends one copy: claim, prepare, keep the bytes, intent, hand over, settle.
 *
 * @failure transmission/ended, /leased, /handed-over, /not-due, /lease-lost, /unknown: there was nothing to do; every
 *   other refusal is on record as a fact when this returns
 */
export async function send(id: TransmissionId, ports: SendPorts): Promise<Outcome<History>> {
  const owner = ports.newOwner();
  const now = ports.now();
  const claimed = await ports.ledger.append(id, now, (history) => claim(history, owner, now));
  if (!claimed.ok) return recordRefusal(id, claimed.failure, ports);
  const { lease } = claimed.value;
  if (!lease) throw new Error('A claim was answered without its lease');

  const prepared = await messageOf(claimed.value, lease, ports);
  if (!prepared.ok) return recordRefusal(id, prepared.failure, ports, lease);
  const { intent, bytes } = prepared.value;
  await ports.messages.put(bytesKey(id, intent.attempt), bytes);

  const handedOver = await handOver(claimed.value.transmission, intent, bytes, owner, ports);
  return handedOver.ok ? handedOver : recordRefusal(id, handedOver.failure, ports);
}

const bytesKey = (id: TransmissionId, attempt: number): string => `outgoing/${id}/${attempt}`;

/** A copy that is uncertain is repeated byte for byte, so that the recipient can tell it is the same. */
async function messageOf(
  { transmission, facts }: History,
  { attempt }: Lease,
  ports: SendPorts,
): Promise<Outcome<Prepared>> {
  const { openIntent } = progressOf(facts);
  if (!openIntent) return prepare(transmission, attempt, ports);
  const bytes = await ports.messages.get(bytesKey(transmission.id, openIntent.attempt));
  if (sha256(bytes) !== openIntent.messageSha256) {
    throw new Error('The kept message is not the one that was about to leave');
  }
  const { sequence: _, at: __, ...intent } = openIntent;
  return done({ bytes, intent: { ...intent, attempt } });
}

/** Writes down what a refusal means for the transmission, and answers the refusal. */
async function recordRefusal(
  id: TransmissionId,
  failure: Failure,
  { ledger, now }: SendPorts,
  lease?: Lease,
): Promise<Outcome<History>> {
  const at = now();
  const { code } = failure;
  if (isStop(code)) {
    const ended = await ledger.append(id, at, (history) => done(stopped(history, code, at)));
    return ended.ok ? { ok: false, failure } : ended;
  }
  if (!lease) return { ok: false, failure };
  const settled = await ledger.append(id, at, (history) => {
    const held = holdsLease(history, lease.owner, lease.attempt);
    return held.ok ? done(refused(history, lease.attempt, failure, at)) : held;
  });
  return settled.ok ? { ok: false, failure } : settled;
}
