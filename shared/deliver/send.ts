import { done, fail, type Failure, type Outcome } from '../outcome.ts';
import { later } from '../clock.ts';
import { envelopeIdOf, sha256, type TransmissionId } from '../ids.ts';
import type { BytesStore } from '../record/store.ts';
import type { Fact } from '../transmission/facts.ts';
import { progressOf } from '../transmission/progress.ts';
import type { Settings } from '../settings.ts';
import type { Stop, StopReader } from '../switches.ts';
import type { History, Lease } from '../transmission/transmission.ts';
import { admit, type AdmissionPorts } from './admission.ts';
import { claim, holdsLease } from './claim.ts';
import { handOver, type HandOverPorts, type Intent } from './hand-over.ts';
import { prepare } from './prepare.ts';
import type { Prepared, PreparePorts } from './prepare/prepared.ts';
import type { Form } from './relay.ts';
import type { Route, RouteTo } from './route.ts';
import { seeProbe } from './see-probe.ts';
import { halted, heldBack, isStop, refused, stopped } from './settle.ts';

export interface SendPorts extends Omit<
  PreparePorts & HandOverPorts & AdmissionPorts,
  keyof Route
> {
  readonly settings: Settings;
  readonly routeTo: RouteTo;
  /** What is about to leave, kept so that an uncertain copy can be sent again as it was. */
  readonly messages: BytesStore;
  /** Whether an operator has stopped all sending. */
  readonly stops: StopReader;
  /** Made anew for each call: tells this worker's hold from every other's. */
  readonly newOwner: () => string;
}

/** With the way that the copy goes. */
type RoutedPorts = SendPorts & Route;

/**
 * Sends one copy: what goes before it has arrived, the way to its recipient, leave to ask the relay, claim, prepare, keep the bytes, intent, hand over,
 * settle.
 *
 * @failure transmission/ended, /leased, /handed-over, /not-due, /lease-lost, /unknown: there was nothing to do
 * @failure deliver/awaits-probe, deliver/probe-failed: what goes before it has not arrived, or never will
 * @failure deliver/stopped: an operator has stopped all sending, and it waits until that is over
 * @failure deliver/circuit-open, /rate-limited: it waits, or has waited so long that it has ended
 * @failure every other refusal is on record as a fact when this returns
 */
export async function send(id: TransmissionId, given: SendPorts): Promise<Outcome<History>> {
  const transmission = await given.ledger.identity(id);
  if (!transmission.ok) return transmission;
  const probe = await seeProbe(transmission.value, given);
  if (!probe.ok) return probe;
  const ports: RoutedPorts = { ...given, ...given.routeTo(transmission.value.address) };
  const stop = await ports.stops.stopOf('sending');
  if (stop) return waitFor(id, stop, ports);
  const admission = await admit(ports);
  if (!admission.admitted) return holdBack(id, admission, ports);
  try {
    return await sendNow(id, { ...ports, relay: admission.relay });
  } finally {
    await admission.leave();
  }
}

async function sendNow(id: TransmissionId, ports: RoutedPorts): Promise<Outcome<History>> {
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
  // It may have been stopped while the message was made: what is not on its way yet stays here.
  const stop = await ports.stops.stopOf('sending');
  if (stop) return waitFor(id, stop, ports, lease);

  const handedOver = await handOver(claimed.value.transmission, intent, bytes, owner, ports);
  return handedOver.ok ? handedOver : recordRefusal(id, handedOver.failure, ports);
}

/** Only what could be sent now is held back: everything else has its own answer. */
async function holdBack(
  id: TransmissionId,
  { failure, until }: { readonly failure: Failure; readonly until: Date },
  ports: RoutedPorts,
): Promise<Outcome<History>> {
  const now = ports.now();
  const held = await ports.ledger.append(id, now, (history) => {
    const claimable = claim(history, '', now);
    return claimable.ok ? done(heldBack(history, failure, until)) : claimable;
  });
  return recordRefusal(id, held.ok ? failure : held.failure, ports);
}

/** So long, and as long again by chance, a copy waits before it looks whether sending goes on. */
const LOOK_AGAIN_SECONDS = 60;

/** @param lease of a worker that had it in hand already */
async function waitFor(
  id: TransmissionId,
  stop: Stop,
  { ledger, now, random, ...ports }: RoutedPorts,
  lease?: Lease,
): Promise<Outcome<History>> {
  const at = now();
  const until = later(at, LOOK_AGAIN_SECONDS * (1 + random()));
  const waits = await ledger.append(id, at, (history) => {
    const free = lease ? holdsLease(history, lease.owner, lease.attempt) : claim(history, '', at);
    if (!free.ok) return free;
    const addition = { ...halted(stop, until), whileActive: true };
    return done(lease ? { ...addition, lease: 'released' } : addition);
  });
  const failure: Failure = waits.ok ? { code: 'deliver/stopped' } : waits.failure;
  return recordRefusal(id, failure, { ledger, now, random, ...ports });
}

const bytesKey = (id: TransmissionId, attempt: number): string => `outgoing/${id}/${attempt}`;

/** The message of this attempt, under an ENVID of its own: what is told of another attempt does not settle this one. */
async function messageOf(
  history: History,
  { attempt }: Lease,
  ports: RoutedPorts,
): Promise<Outcome<Prepared>> {
  const { transmission, facts } = history;
  const { openIntent } = progressOf(facts);
  const made = openIntent
    ? await keptMessage(transmission.id, bodyOf(openIntent), ports)
    : await prepare(transmission, attempt, ports);
  if (!made.ok) return made;
  const { bytes, intent } = made.value;
  const envelopeId = envelopeIdOf(transmission.id, attempt, await ports.messageIdSecret());
  return done({ bytes, intent: { ...intent, attempt, envelopeId } });
}

/**
 * A copy that is uncertain is repeated byte for byte, so that the recipient can tell it is the same; and in no other form:
 * what was in clear for a HISP must never be given to a relay that passes it on as it is.
 *
 * @failure deliver/other-way
 */
async function keptMessage(
  id: TransmissionId,
  intent: Intent,
  { messages, relay }: RoutedPorts,
): Promise<Outcome<Prepared>> {
  if (formOf(intent) !== relay.form) return fail('deliver/other-way');
  const bytes = await messages.get(bytesKey(id, intent.attempt));
  if (sha256(bytes) !== intent.messageSha256) {
    throw new Error('The kept message is not the one that was about to leave');
  }
  return done({ bytes, intent });
}

const formOf = ({ hisp }: Intent): Form => hisp ?? 'sealed';

/** What it says, without when it was said. */
function bodyOf(fact: Extract<Fact, { kind: 'intent' }>): Intent {
  const { sequence: _, at: __, ...intent } = fact;
  return intent;
}

/** Writes down what a refusal means for the transmission, and answers the refusal. */
async function recordRefusal(
  id: TransmissionId,
  failure: Failure,
  { ledger, now, random }: RoutedPorts,
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
    return held.ok ? done(refused(history, lease.attempt, failure, at, random)) : held;
  });
  return settled.ok ? { ok: false, failure } : settled;
}
