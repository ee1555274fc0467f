/** HL7 TS: year, then ever finer, then a fraction, then the zone. */
const TIMESTAMP =
  /^(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:\.\d{1,9})?(?:([+-])(\d{2})(\d{2})?)?$/;

/**
 * A time of a document as DTM: UTC, no zone, no fraction, as precise as it was written. A time of day without a zone
 * says nothing in UTC, so only its date is kept. What is no time at all is nothing.
 */
export function dtmOf(timestamp: string | undefined): string | undefined {
  const match = TIMESTAMP.exec(timestamp ?? '');
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7);
  const utc = new Date(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}Z`,
  );
  if (!isReal(utc, day)) return undefined;
  const [sign, zoneHours] = [match[7], match[8]];
  if (!hour || !sign) return [year, month, day].join('');
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(match[9] ?? 0));
  if (Math.abs(offset) > MAX_ZONE_MINUTES) return undefined;
  return utcDigits(new Date(utc.getTime() - offset * 60_000)).slice(0, second ? 14 : 12);
}

const MAX_ZONE_MINUTES = 14 * 60;

/** Date rolls 31 February over into March; such a date was never written by a clock. */
const isReal = (utc: Date, day: string | undefined): boolean =>
  !Number.isNaN(utc.getTime()) && (day === undefined || utc.getUTCDate() === Number(day));

/** A date as it is, a date and time in UTC; of ISO 8601, checked. */
export const dtmOfIso = (text: string): string =>
  text.includes('T') ? utcDigits(new Date(text)) : text.replaceAll('-', '');

/** YYYYMMDDhhmmss. */
export const utcDigits = (time: Date): string =>
  time.toISOString().replace(/[-:T]/g, '').slice(0, 14);

/** The digits of the date as it was written, wherever that was: nobody's birthday moves with the time zone. */
export const localDateOf = (timestamp: string | undefined): string | undefined =>
  dtmOf(timestamp?.slice(0, 8));

/** The same as people read it: YYYY-MM-DD, or less where less is known. */
export const readableDateOf = (timestamp: string | undefined): string | undefined =>
  localDateOf(timestamp)?.replace(/(?<=^\d{4}|^\d{6})(?=\d)/g, '-');
