import { Temporal } from 'temporal-polyfill';
import { done, fail, type Outcome } from '../../outcome.ts';

/** At least the day. @see HL7 v2.9 chapter 2A, 2.A.22 DTM */
const TIME =
  /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?(?:([+-])([01]\d)([0-5]\d))?$/;

/**
 * Reads a time of HL7; what it does not say of the day is its beginning.
 *
 * @param timeZone IANA name, for a time without an offset; an hour that is there twice is the first of the two
 * @returns RFC 3339, UTC
 * @failure trigger/bad-time
 */
export function timeOf(text: string, timeZone: string): Outcome<string> {
  const parts = TIME.exec(text);
  if (parts === null) return fail('trigger/bad-time');
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours, minutes] = parts;
  const zone = sign === undefined ? timeZone : `${sign}${hours}:${minutes}`;
  try {
    const time = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: Number(hour ?? 0),
        minute: Number(minute ?? 0),
        second: Number(second ?? 0),
        millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
      },
      { overflow: 'reject' },
    );
    return done(time.toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' }));
  } catch {
    return fail('trigger/bad-time');
  }
}
