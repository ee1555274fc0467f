import type { Request } from '../api/views.ts';

/** How often and how long somebody wants copies sent, as the fields have it. */
export interface WantedFrequency {
  readonly frequency: Request['frequency'];
  /** `HH:MM`; with the days it counts where the frequency goes by the clock. */
  readonly at: string;
  /** 1 (Monday) to 7. */
  readonly dayOfWeek?: number | undefined;
  readonly dayOfMonth?: number | undefined;
  /** IANA. */
  readonly timeZone: string;
  /** The last day, `YYYY-MM-DD` by the reader's own clock; empty: until it is stopped. */
  readonly lastDay: string;
  /** The end as it was asked for before: it stays to the second while its day does. */
  readonly until?: string;
}

export type FrequencyMembers = Pick<Request, 'frequency' | 'schedule' | 'until'>;

export const ONCE: WantedFrequency = {
  frequency: 'once',
  at: '08:00',
  dayOfWeek: 1,
  dayOfMonth: 1,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  lastDay: '',
};

/** What a request has, for the fields. */
export const wantedOf = ({ frequency, schedule, until }: FrequencyMembers): WantedFrequency => ({
  ...ONCE,
  ...schedule,
  frequency,
  ...(until !== undefined && { until, lastDay: dayOf(until) }),
});

/** What the fields have, for a new request. */
export function membersOf(wanted: WantedFrequency): FrequencyMembers {
  const { frequency, at, timeZone, dayOfWeek, dayOfMonth, lastDay, until } = wanted;
  const isKept = until !== undefined && dayOf(until) === lastDay;
  return {
    frequency,
    ...(isByClock(frequency) && {
      schedule: {
        at,
        timeZone,
        ...(frequency === 'weekly' && { dayOfWeek }),
        ...(frequency === 'monthly' && { dayOfMonth }),
      },
    }),
    ...(lastDay.length === DAY_LENGTH && {
      until: isKept ? until : new Date(`${lastDay}T23:59:59`).toISOString(),
    }),
  };
}

/** The same as a change of a request, which also takes away what is not wanted any more (RFC 7396). */
export function changeOf(wanted: WantedFrequency): object {
  const { schedule, ...members } = membersOf(wanted);
  return {
    until: null,
    ...members,
    schedule: schedule ? { dayOfWeek: null, dayOfMonth: null, ...schedule } : null,
  };
}

export const isByClock = (frequency: Request['frequency']): boolean =>
  frequency !== 'once' && frequency !== 'on-update';

/** Whether the last day is none that is still to come; years may be typed that are longer. */
export const isOver = ({ lastDay }: WantedFrequency, now = new Date()): boolean =>
  lastDay !== '' && (lastDay.length !== DAY_LENGTH || lastDay < dayOf(now));

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Swedes write days as ISO 8601 does. */
const dayOf = (moment: Date | string): string => new Date(moment).toLocaleDateString('sv');
