import { failAt, done, type Outcome } from '../outcome.ts';
import type { Patient } from './patient.ts';

/** What a registration says of a death, of the right form but not understood yet. */
export interface DeathSaid {
  readonly deceased?: boolean | undefined;
  /** YYYY-MM-DD, or RFC 3339. */
  readonly deceasedAt?: string | undefined;
  readonly birthDate: string;
}

/** How far the clocks of two houses may be apart. */
const CLOCK_SKEW_MS = 300_000;
/** Where it is a day later than in UTC, it is at most so much later. */
const FIRST_ZONE_MS = 14 * 3_600_000;

/**
 * That the patient has died, as a registration says it; undefined when it does not.
 *
 * @failure edge/malformed a time that is yet to come or before the birth, or one of a patient who has not died
 */
export function deathOf(
  { deceased, deceasedAt, birthDate }: DeathSaid,
  now: Date,
): Outcome<Patient['death']> {
  if (deceasedAt === undefined) return done(deceased === true ? {} : undefined);
  const isDay = deceasedAt.length === 'YYYY-MM-DD'.length;
  const latest = new Date(now.getTime() + (isDay ? FIRST_ZONE_MS : CLOCK_SKEW_MS));
  if (deceased === false) return refused('not-deceased');
  if (Date.parse(deceasedAt) > latest.getTime()) return refused('in-the-future');
  // The day of a time is that of its own zone, as the birth date is.
  if (deceasedAt.slice(0, birthDate.length) < birthDate) return refused('before-birth');
  return done({ at: deceasedAt });
}

const refused = (code: string) => failAt('edge/malformed', [{ pointer: '/deceasedAt', code }]);
