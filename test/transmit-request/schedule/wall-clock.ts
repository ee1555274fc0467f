import type {
  Schedule,
  ScheduledFrequency,
} from '../../../shared/transmit-request/transmit-request.ts';

/**
 * Every slot of a schedule in some years, in order: found by going through the days of a calendar and asking Intl what
 * the clock on the wall shows, without Temporal. It is what the real one is held against.
 */
export function slotsOfYears(
  schedule: Schedule,
  frequency: ScheduledFrequency,
  from: number,
  to: number,
): readonly number[] {
  const wall = wallOf(schedule.timeZone);
  const slots: number[] = [];
  const end = Date.UTC(to + 1, 0, 1);
  for (let day = Date.UTC(from, 0, 1); day < end; day += DAY) {
    if (isDay(new Date(day), schedule, frequency)) slots.push(slotOf(day, schedule.at, wall));
  }
  // A day that was left out has the slot of the next one.
  return slots.filter((slot, index) => slot !== slots[index - 1]);
}

const DAY = 86_400_000;

function isDay(day: Date, { dayOfWeek, dayOfMonth }: Schedule, frequency: string): boolean {
  if (frequency === 'weekly') return day.getUTCDay() === (dayOfWeek ?? 0) % 7;
  if (frequency === 'daily') return true;
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  return day.getUTCDate() === Math.min(dayOfMonth ?? 0, last);
}

/** The first instant that shows this day and time; when none does, the time by the clock as it went before. */
function slotOf(day: number, at: string, wall: (instant: number) => number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const shown = day + (hours * 60 + minutes) * 60_000;
  const offsets = [shown - 1.2 * DAY, shown + 1.2 * DAY].map((each) => wall(each) - each);
  const candidates = offsets.map((offset) => shown - offset);
  const showing = candidates.filter((instant) => wall(instant) === shown);
  return showing.length > 0 ? Math.min(...showing) : Math.max(...candidates);
}

/** What a clock in the zone shows, as if it were UTC. */
function wallOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (instant) => {
    const whole = Math.floor(instant / 60_000) * 60_000;
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = format
      .format(whole)
      .match(/\d+/g)!
      .map(Number);
    return Date.UTC(year, month - 1, day, hour, minute) + (instant - whole);
  };
}
