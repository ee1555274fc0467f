import { later, type Now } from '../clock.ts';
import type { Actor } from '../consent/consent.ts';
import {
  type AddressKey,
  addressKeyOf,
  type DirectAddress,
  parseRequestId,
  type TriggerId,
} from '../ids.ts';
import { done, fail, failAt, type Outcome } from '../outcome.ts';
import { mayAskFor } from '../patient/may-ask.ts';
import type { Patient } from '../patient/patient.ts';
import type { DeadlineSettings } from '../settings.ts';
import { changeable } from '../transmit-request/amend/changeable.ts';
import { isSending } from '../transmit-request/running.ts';
import { addressOf } from '../transmit-request/standing/address.ts';
import type { TransmitRequestStore } from '../transmit-request/store.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { addressesOf } from '../transmit-request/view.ts';
import { understoodAddresses } from '../transmit-request/wanted.ts';
import { extraTrigger } from './event.ts';
import type { TriggerStore } from './store.ts';
import { addressesIn } from './window.ts';

export interface ExtraPorts {
  readonly requests: Pick<TransmitRequestStore, 'get'>;
  readonly triggers: TriggerStore;
  readonly settings: { readonly deadlines: DeadlineSettings };
  readonly now: Now;
}

/** Who wants one more copy, of which request, to whom; the same key again is the same wish. */
export interface Extra {
  readonly patient: Pick<Patient, 'key' | 'death'>;
  readonly actor: Actor;
  readonly requestId: string | undefined;
  /** Absent: all that are active. */
  readonly addresses?: readonly string[] | undefined;
  readonly idempotencyKey: string;
}

export interface ExtraTaken {
  readonly request: TransmitRequest;
  readonly triggerId: TriggerId;
  /** To whom copies go now. */
  readonly sendsTo: readonly DirectAddress[];
  /** Whether an earlier call had left it already. */
  readonly replayed: boolean;
}

/**
 * Has one more copy sent now, within what was asked for: no consent is needed for it beside the one that the request rests
 * on. It joins what is about to be sent under the request anyway, and then that goes at once, unless it waits for the record.
 *
 * @failure transmit-request/unknown, patient/deceased, transmit-request/paused, edge/key-reused, with a pointer to each
 *   fault transmit-request/unknown-address, and the codes of `understoodAddresses` and `changeable`
 */
export async function sendExtra(extra: Extra, ports: ExtraPorts): Promise<Outcome<ExtraTaken>> {
  const id = parseRequestId(extra.requestId ?? '');
  if (!id.ok) return id;
  const only = keysOf(extra.addresses);
  if (!only.ok) return only;
  const found = await ports.requests.get(extra.patient.key, id.value);
  if (!found.ok) return found;
  const request = found.value;
  const now = ports.now();
  const { actor, idempotencyKey } = extra;
  const trigger = extraTrigger(
    request,
    only.value,
    { by: actor.subject, key: idempotencyKey },
    now,
  );
  // What was taken once is taken, whatever became of the request since.
  const earlier = await ports.triggers.get(trigger.id);
  if (!earlier.ok) {
    const may = maySend(request, only.value, extra, now);
    if (!may.ok) return may;
  }
  const dueAt = later(now, ports.settings.deadlines.doorbellLostAfterSeconds);
  const added = await ports.triggers.add(trigger, dueAt);
  // The id of the trigger is made of the key.
  if (!added.ok) return fail('edge/key-reused');
  const sendsTo = addressesIn(only.value === undefined ? {} : { only: only.value }, request);
  return done({
    request,
    triggerId: trigger.id,
    sendsTo: sendsTo.map(({ address }) => address),
    replayed: added.value === 'duplicate',
  });
}

function maySend(
  request: TransmitRequest,
  only: readonly AddressKey[] | undefined,
  { patient, actor }: Extra,
  now: Date,
): Outcome<void> {
  const mayAsk = mayAskFor(patient, actor);
  if (!mayAsk.ok) return mayAsk;
  const open = changeable(request, now);
  if (!open.ok) return open;
  if (request.frequency === 'once') return fail('transmit-request/one-copy');
  if (!isSending(request, now)) return fail('transmit-request/paused');
  const statuses = only
    ? only.map((key) => addressOf(request, key)?.status)
    : addressesOf(request).map(({ status }) => status);
  const unknown = statuses.flatMap((status, at) => (status === undefined ? [at] : []));
  if (unknown.length > 0) {
    const faults = unknown.map((at) => ({ pointer: `/addresses/${at}`, code: 'unknown' }));
    return failAt('transmit-request/unknown-address', faults);
  }
  if (only && statuses.includes('revoked')) return fail('transmit-request/revoked');
  const isPaused = only ? statuses.includes('paused') : !statuses.includes('active');
  return isPaused ? fail('transmit-request/paused') : done(undefined);
}

function keysOf(texts: readonly string[] | undefined): Outcome<readonly AddressKey[] | undefined> {
  if (texts === undefined) return done(undefined);
  const addresses = understoodAddresses(texts);
  return addresses.ok ? done(addresses.value.map(addressKeyOf)) : addresses;
}
