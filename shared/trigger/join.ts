import { later } from '../clock.ts';
import type { AddressKey } from '../ids.ts';
import type { TriggerSettings } from '../settings.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { batchOf } from './match.ts';
import type { Trigger } from './trigger.ts';
import { isDue, type Joined, type Window } from './window.ts';

/** What a trigger meets: whether it is a reason to send under this request, and the window that is open for it. */
export interface Meeting {
  readonly request: TransmitRequest;
  readonly concerned: boolean;
  readonly window: Window | undefined;
}

/**
 * The window of a request after a trigger has come. It is the same one when nothing changes, and none when nothing is
 * left in it.
 */
export function windowAfter(
  trigger: Trigger,
  { request, concerned, window }: Meeting,
  now: Date,
  settings: TriggerSettings,
): Window | undefined {
  if (trigger.cancels) return window && without(window, trigger, now);
  if (concerned)
    return window
      ? joined(window, trigger, now, settings)
      : opened(request, trigger, now, settings);
  return window && trigger.kind === 'record-updated' ? awake(window, now) : window;
}

/** What is kept of them bounds the item; a burst of more says nothing new. */
const MAX_KEPT = 50;

function opened(
  request: TransmitRequest,
  trigger: Trigger,
  now: Date,
  settings: TriggerSettings,
): Window {
  const at = now.toISOString();
  const window: Window = {
    requestId: request.id,
    patientKey: request.patientKey,
    batchId: batchOf(trigger, request),
    openedAt: at,
    closesAt: at,
    triggers: [joinedOf(trigger)],
    joined: 1,
    ...(trigger.addresses === undefined ? {} : { only: trigger.addresses }),
    version: 0,
  };
  return { ...window, closesAt: closingAfter(window, trigger, now, settings) };
}

function joined(window: Window, trigger: Trigger, now: Date, settings: TriggerSettings): Window {
  const { only, ...kept } = window;
  const after: Window = {
    ...kept,
    triggers: [...window.triggers, joinedOf(trigger)].slice(-MAX_KEPT),
    joined: window.joined + 1,
    ...onlyTo([{ addresses: only }, trigger]),
  };
  if (window.waitsForRecord) return isLook(trigger) ? awake(after, now) : after;
  // It closes already, and one more that comes before somebody looked does not keep it open.
  if (isDue(window, now)) return after;
  return { ...after, closesAt: closingAfter(after, trigger, now, settings) };
}

/** What changed of the record while a request was paused woke nobody: whoever asks for a copy then has it looked for. */
const isLook = ({ kind }: Trigger): boolean => kind === 'record-updated' || kind === 'requested';

/** When it closes if nothing more happens: never before the trigger that has just joined. */
function closingAfter(
  { openedAt }: Window,
  { kind }: Trigger,
  now: Date,
  { quietSeconds, atMostSeconds, atOnce }: TriggerSettings,
): string {
  if (kind === 'requested' || kind === 'scheduled' || atOnce.includes(kind)) {
    return now.toISOString();
  }
  const quiet = later(now, quietSeconds).getTime();
  const atMost = later(new Date(openedAt), atMostSeconds).getTime();
  return new Date(Math.max(now.getTime(), Math.min(quiet, atMost))).toISOString();
}

/** The record may have what the window waits for; if not, it waits on as long as before. */
const awake = (window: Window, now: Date): Window =>
  window.waitsForRecord ? { ...window, closesAt: now.toISOString() } : window;

/** Takes out what is called off: of its kind, and of its time or before. */
function without(window: Window, { kind, occurredAt }: Trigger, now: Date): Window | undefined {
  const left = window.triggers.filter((each) => each.kind !== kind || each.occurredAt > occurredAt);
  const gone = window.triggers.length - left.length;
  if (gone === 0) return window;
  if (gone === window.joined) return undefined;
  const { only: _, ...kept } = window;
  // What is not kept any more may have been for all.
  const isKept = window.triggers.length === window.joined;
  const after: Window = {
    ...(isKept ? { ...kept, ...onlyTo(left) } : window),
    triggers: left,
    joined: window.joined - gone,
  };
  // What it waited for may have been called off with it.
  return awake(after, now);
}

/** To which addresses several reasons are one together: those of each, and all as soon as one of them is for all. */
function onlyTo(
  reasons: readonly { readonly addresses?: readonly AddressKey[] | undefined }[],
): Pick<Window, 'only'> {
  const only = reasons.map(({ addresses }) => addresses);
  return only.every((each) => each !== undefined) ? { only: [...new Set(only.flat())] } : {};
}

const joinedOf = ({ id, kind, occurredAt, receivedAt, addresses }: Trigger): Joined => ({
  id,
  kind,
  occurredAt: occurredAt < receivedAt ? occurredAt : receivedAt,
  ...(addresses === undefined ? {} : { addresses }),
});
