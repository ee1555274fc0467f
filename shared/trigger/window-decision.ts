import { later } from '../clock.ts';
import type { FailureCode } from '../failures.ts';
import type { RecordDocument } from '../record/record.ts';
import type { TriggerSettings } from '../settings.ts';
import { isSending } from '../transmit-request/running.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { addressesIn, isDue, type RecordWait, type Window } from './window.ts';

/** What is known when somebody looks at a window. */
export interface Seen {
  readonly window: Window;
  readonly request: TransmitRequest;
  /** The current record, unless it is fetched from elsewhere when it is sent: that is never late. */
  readonly documents: readonly Pick<RecordDocument, 'receivedAt'>[] | 'elsewhere';
  /** How many copies of the patient's record were opened this day, UTC. */
  readonly copiesToday: number;
}

export type WindowDecision =
  /** Its time has not come. */
  | { readonly do: 'leave' }
  /** Nobody asks for its copies any more. */
  | { readonly do: 'drop' }
  /** It stays open. `begins` when it begins to wait for the record: then the data holder is told. */
  | { readonly do: 'wait'; readonly window: Window; readonly begins?: RecordWait['why'] }
  /** Its copies are opened; with `end` they end at once. */
  | { readonly do: 'close'; readonly recordOlderThanEvent?: true; readonly end?: FailureCode };

/** What becomes of a window now. */
export function windowDecision(seen: Seen, now: Date, settings: TriggerSettings): WindowDecision {
  const { window, request } = seen;
  if (!isDue(window, now)) return { do: 'leave' };
  const copies = addressesIn(window, request).length;
  if (!isSending(request, now) || copies === 0) return { do: 'drop' };

  const lacking = lackingOf(seen);
  const waiting = lacking && waitingFor(lacking, window, now, settings);
  if (waiting) return waiting;
  if (isOverCap(seen.copiesToday, copies, settings)) {
    return { do: 'wait', window: { ...window, closesAt: nextDay(now) } };
  }
  return { do: 'close', ...closingWith(lacking, settings) };
}

/** The wait for what the record lacks, begun or gone on with; none when it is over, or there is to be none. */
function waitingFor(
  why: RecordWait['why'],
  window: Window,
  now: Date,
  settings: TriggerSettings,
): WindowDecision | undefined {
  const before = window.waitsForRecord;
  const begins = before?.why !== why;
  const waitsForRecord = begins ? waitFrom(now, why, settings) : before;
  const { until } = waitsForRecord;
  if (Date.parse(until) <= now.getTime()) return undefined;
  const kept: Window = { ...window, closesAt: until, waitsForRecord };
  return { do: 'wait', window: kept, ...(begins ? { begins: why } : {}) };
}

/** What the record lacks: everything, or anything that arrived after what happened. */
function lackingOf({ window, documents }: Seen): RecordWait['why'] | undefined {
  if (documents === 'elsewhere') return undefined;
  if (documents.length === 0) return 'none';
  const newest = newestOf(documents.map(({ receivedAt }) => receivedAt));
  const happened = newestOf(
    window.triggers.filter(({ kind }) => !NOT_EVENTS.includes(kind)).map((each) => each.occurredAt),
  );
  return newest < happened ? 'older' : undefined;
}

/** Of these the record knows itself: it changed, or is wanted as it is. */
const NOT_EVENTS: readonly string[] = ['record-updated', 'requested', 'scheduled'];

/** The empty text when there is none: it is before all times. */
const newestOf = (times: readonly string[]): string =>
  times.reduce((newest, each) => (each > newest ? each : newest), '');

function waitFrom(
  now: Date,
  why: RecordWait['why'],
  { noRecordWaitSeconds, staleRecordWaitSeconds }: TriggerSettings,
): RecordWait {
  const seconds = why === 'none' ? noRecordWaitSeconds : staleRecordWaitSeconds;
  return { why, since: now.toISOString(), until: later(now, seconds).toISOString() };
}

function closingWith(
  lacking: RecordWait['why'] | undefined,
  { staleRecord }: TriggerSettings,
): Omit<Extract<WindowDecision, { do: 'close' }>, 'do'> {
  if (lacking === 'none') return { end: 'record/none' };
  if (lacking === undefined) return {};
  return staleRecord === 'fail' ? { end: 'record/stale' } : { recordOlderThanEvent: true };
}

/** A window that is larger than a whole day's cap goes alone, or it would never go. */
const isOverCap = (today: number, copies: number, { copiesADay }: TriggerSettings): boolean =>
  today > 0 && today + copies > copiesADay;

/** The next midnight, UTC. */
const nextDay = (now: Date): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)).toISOString();
