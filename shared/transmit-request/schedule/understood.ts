import { Temporal } from 'temporal-polyfill';
import { done, failAt, type Fault, type Outcome } from '../../outcome.ts';
import type { Frequency, Schedule } from '../transmit-request.ts';
import { isScheduled } from './scheduled.ts';

/** A schedule of the right form but not understood yet. */
export interface AskedSchedule {
  readonly at: string;
  readonly timeZone: string;
  readonly dayOfWeek?: number | undefined;
  readonly dayOfMonth?: number | undefined;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** Names only: an offset, which Temporal would take as well, knows nothing of summer. */
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]{0,31}(?:\/[A-Za-z0-9_+-]{1,31}){0,2}$/;

/**
 * Understands when a request shall send: a schedule belongs to the frequencies that go by the clock, and to no other.
 *
 * @failure transmit-request/bad-schedule (with a pointer to each fault)
 */
export function understoodSchedule(
  asked: AskedSchedule | undefined,
  frequency: Frequency,
): Outcome<Schedule | undefined> {
  const isNeeded = isScheduled(frequency);
  if (asked === undefined) return isNeeded ? bad([fault('', 'missing')]) : done(undefined);
  if (!isNeeded) return bad([fault('', 'not-scheduled')]);

  const { at, dayOfWeek, dayOfMonth } = asked;
  const timeZone = zoneOf(asked.timeZone);
  const faults = [
    ...(TIME.test(at) ? [] : [fault('/at', 'not-a-time')]),
    ...(timeZone === undefined ? [fault('/timeZone', 'unknown-zone')] : []),
    ...dayFaults('/dayOfWeek', dayOfWeek, frequency === 'weekly' ? 7 : 0),
    ...dayFaults('/dayOfMonth', dayOfMonth, frequency === 'monthly' ? 31 : 0),
  ];
  if (timeZone === undefined || faults.length > 0) return bad(faults);
  return done({
    at,
    timeZone,
    ...(dayOfWeek === undefined ? {} : { dayOfWeek }),
    ...(dayOfMonth === undefined ? {} : { dayOfMonth }),
  });
}

/** @param last 0 where there must be none */
function dayFaults(pointer: string, day: number | undefined, last: number): readonly Fault[] {
  if (last === 0) return day === undefined ? [] : [fault(pointer, 'not-of-this-frequency')];
  if (day === undefined) return [fault(pointer, 'missing')];
  return Number.isInteger(day) && day >= 1 && day <= last ? [] : [fault(pointer, 'out-of-range')];
}

/** The name as the database writes it, whatever its case was; undefined when there is no such zone. */
function zoneOf(name: string): string | undefined {
  if (!ZONE_NAME.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}

const fault = (below: string, code: string): Fault => ({ pointer: `/schedule${below}`, code });

const bad = (faults: readonly Fault[]) => failAt('transmit-request/bad-schedule', faults);
