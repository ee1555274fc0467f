import { Temporal } from 'temporal-polyfill';
import type { Schedule, ScheduledFrequency } from '../transmit-request.ts';

/**
 * The first slot of a schedule that comes after a moment.
 *
 * A slot is a time on the wall of a place. Where that minute does not exist, it is as much later as the clocks were set
 * forward; where it comes twice, it is the first. A day that the place left out altogether has its slot on the next one.
 *
 * @throws RangeError for a zone that is none: `understoodSchedule` lets none pass
 */
export function nextRunAfter(schedule: Schedule, frequency: ScheduledFrequency, after: Date): Date {
  const next = slotsAround(schedule, frequency, after).find((slot) => slot > after);
  if (next === undefined) throw new Error('A schedule has no slot within two of its periods');
  return next;
}

/** The last slot of a schedule up to a moment, that moment included. */
export function latestRunBy(schedule: Schedule, frequency: ScheduledFrequency, by: Date): Date {
  const latest = slotsAround(schedule, frequency, by).findLast((slot) => slot <= by);
  if (latest === undefined) throw new Error('A schedule has no slot within two of its periods');
  return latest;
}

/** Two before and two after would do for any moment, were the moment's own day not moved by a change of the clocks. */
const PERIODS = [-2, -1, 0, 1, 2] as const;

/** In order of time. */
function slotsAround(
  { at, timeZone, dayOfWeek = 1, dayOfMonth = 1 }: Schedule,
  frequency: ScheduledFrequency,
  moment: Date,
): readonly Date[] {
  const today = Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const dayOf = (periods: number): Temporal.PlainDate => {
    switch (frequency) {
      case 'daily':
        return today.add({ days: periods });
      case 'weekly':
        return today.add({ days: dayOfWeek - today.dayOfWeek + 7 * periods });
      case 'monthly':
        // Twice, a day that the month has not becomes its last.
        return today.add({ months: periods }).with({ day: dayOfMonth });
    }
  };
  const plainTime = Temporal.PlainTime.from(at);
  return PERIODS.map(
    (periods) =>
      new Date(dayOf(periods).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds),
  );
}
