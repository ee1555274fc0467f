import { later } from '../../clock.ts';
import type { RetentionSettings } from '../../settings-retention.ts';

/**
 * What ages by itself, once what it is of is over: the bytes of a message, a copy with all its facts, a request, an answer
 * to a consent text, the bytes of a document that was superseded, those of a submission by XDR, and the traces that all of
 * it leaves (triggers, milestones, lines of logs, reports on their way, uploads).
 */
export const AGING = [
  'message',
  'transmission',
  'directive',
  'consent',
  'record',
  'submission',
  'trace',
] as const;

export type Aging = (typeof AGING)[number];

const HOUR_MILLISECONDS = 3_600_000;

/** All of them, another one first each hour: what takes the whole of a run holds the others up for hours, and not for ever. */
export function inTurn(now: Date): readonly Aging[] {
  const first = Math.floor(now.getTime() / HOUR_MILLISECONDS) % AGING.length;
  return [...AGING.slice(first), ...AGING.slice(0, first)];
}

const DAY_SECONDS = 86_400;

/** Before when something must have begun to age that may be removed now. */
export function agedBefore(aging: Aging, settings: RetentionSettings, now: Date): Date {
  switch (aging) {
    case 'message':
      return later(now, -settings.rawMessageDays * DAY_SECONDS);
    case 'record':
    case 'submission':
      return later(now, -settings.supersededRecordDays * DAY_SECONDS);
    case 'consent':
      return yearsBefore(now, settings.consentYears);
    case 'directive':
      return yearsBefore(now, settings.directiveYears);
    case 'transmission':
    case 'trace':
      return yearsBefore(now, settings.transmissionYears);
  }
}

/** On 29 February what began on the 28th: a day late, never a day early. */
function yearsBefore(now: Date, years: number): Date {
  const before = new Date(now);
  before.setUTCFullYear(now.getUTCFullYear() - years);
  return before.getUTCDate() === now.getUTCDate() ? before : later(before, -DAY_SECONDS);
}
