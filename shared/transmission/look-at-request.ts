import { later, type Now } from '../clock.ts';
import { ruleOf } from '../failures.ts';
import type { AddressKey, DirectAddress, PatientKey, RequestId } from '../ids.ts';
import type { Log } from '../log.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Settings } from '../settings.ts';
import { pausedForAuthority } from '../transmit-request/authority/end.ts';
import { ranAt } from '../transmit-request/schedule/run.ts';
import {
  addressOf,
  addressPaused,
  addressRechecked,
} from '../transmit-request/standing/address.ts';
import { dueNow, type DueNow } from '../transmit-request/standing/due.ts';
import { unwatched } from '../transmit-request/standing/unwatched.ts';
import { pausedForReview, reviewReported } from '../transmit-request/standing/review.ts';
import type { TransmitRequestStore } from '../transmit-request/store.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { scheduledTrigger } from '../trigger/event.ts';
import type { TriggerStore } from '../trigger/store.ts';
import { failing } from './failing.ts';
import type { Ledger } from './ledger.ts';

export interface LookPorts {
  readonly requests: Pick<TransmitRequestStore, 'get' | 'change'>;
  readonly triggers: Pick<TriggerStore, 'add'>;
  readonly ledger: Pick<Ledger, 'list'>;
  /** Whether a copy to the address could be encrypted now: discovery and trust come later on the path. */
  readonly recipient: (address: DirectAddress) => Promise<Outcome<unknown>>;
  readonly settings: Pick<Settings, 'deadlines' | 'requests'>;
  readonly now: Now;
  readonly log: Log;
}

/** A refusal that may pass says nothing of an address, so it is looked at again sooner. */
const ASK_AGAIN_SECONDS = 3600;

/**
 * Does what the time of a request has come for: a slot of its schedule, its review, looks at paused addresses. And
 * pauses addresses to which copy after copy failed.
 */
export async function lookAtRequest(
  patient: PatientKey,
  id: RequestId,
  ports: LookPorts,
): Promise<void> {
  const { requests, log, now } = ports;
  const found = await requests.get(patient, id);
  if (!found.ok) return log.error('doorbell-ignored', { requestId: id, code: found.failure.code });
  const due = dueNow(found.value, now());
  // All at once, because some ask strangers; and none is left behind at work when another breaks.
  const settled = await Promise.allSettled(due.map((each) => settle(each, found.value, ports)));
  for (const each of settled) if (each.status === 'rejected') throw each.reason;
  await pauseFailing(found.value, ports);
  log.info('request-looked-at', { requestId: id, count: due.length });
}

async function settle(due: DueNow, request: TransmitRequest, ports: LookPorts): Promise<void> {
  const now = ports.now();
  const { settings } = ports;
  const change = async (decide: (current: TransmitRequest) => TransmitRequest): Promise<void> => {
    await ports.requests.change(request.patientKey, request.id, now, (each) => done(decide(each)));
  };
  switch (due.kind) {
    case 'slot':
      // Before it is moved on: a slot that is found twice is one trigger, one that is lost is none.
      await ports.triggers.add(
        scheduledTrigger(request, due.slot, now),
        later(now, settings.deadlines.doorbellLostAfterSeconds),
      );
      return change((current) => ranAt(current, due.slot));
    case 'review':
      return change((current) => reviewReported(current, now, settings.requests));
    case 'pause':
      return change((current) => pausedForReview(current, now));
    case 'authority-ended':
      return change((current) => pausedForAuthority(current, now));
    case 'end':
      return change(unwatched);
    case 'recheck': {
      const { isReachable, againSeconds } = await recheck(request, due.addressKey, ports);
      return change((current) =>
        addressRechecked(current, due.addressKey, isReachable, now, againSeconds),
      );
    }
  }
}

async function recheck(
  request: TransmitRequest,
  key: AddressKey,
  { recipient, settings }: LookPorts,
): Promise<{ readonly isReachable: boolean; readonly againSeconds: number }> {
  const { recheckAfterSeconds } = settings.requests;
  const address = addressOf(request, key)?.address;
  const answer = address && (await recipient(address));
  const maySayOtherwise = answer?.ok === false && ruleOf(answer.failure.code).retry;
  const againSeconds = maySayOtherwise
    ? Math.min(ASK_AGAIN_SECONDS, recheckAfterSeconds)
    : recheckAfterSeconds;
  return { isReachable: answer?.ok ?? false, againSeconds };
}

async function pauseFailing(
  { id, patientKey }: TransmitRequest,
  { requests, ledger, settings, now: clock, log }: LookPorts,
): Promise<void> {
  const { failuresBeforePause, recheckAfterSeconds } = settings.requests;
  const lines = await ledger.list(patientKey);
  const now = clock();
  const code = 'transmit-request/address-failing';
  let count = 0;
  await requests.change(patientKey, id, now, (current) => {
    const keys = failing(lines, current, failuresBeforePause);
    count = keys.length;
    return done(
      keys.reduce((each, key) => addressPaused(each, key, code, now, recheckAfterSeconds), current),
    );
  });
  if (count > 0) log.info('address-paused', { requestId: id, code, count });
}
