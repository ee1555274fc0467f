import { Temporal } from 'temporal-polyfill';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import type { AuthoritySettings } from '../settings-authority.ts';
import { isAuthorityEnded, type AuthorityEnd } from './authority-end.ts';
import type { Actor } from './consent.ts';

/**
 * The end of the authority by which somebody acts for a patient now: what the token says, or the day on which the patient
 * is of age, whichever comes first. Only a representative's ends.
 *
 * @failure consent/authority-missing the token does not say the relationship, and the settings hang on it
 * @failure consent/authority-ended
 */
export function authorityOf(
  { kind, authority }: Actor,
  patient: Pick<Patient, 'birthDate'>,
  settings: AuthoritySettings,
  now: Date,
): Outcome<AuthorityEnd> {
  if (kind !== 'representative') return done({});
  if (authority === undefined) {
    return settings.ageOfMajorityYears === undefined ? done({}) : fail('consent/authority-missing');
  }
  const ends = [
    ...(authority.until === undefined ? [] : [new Date(authority.until).toISOString()]),
    ...majorityOf(patient, authority.relationship, settings),
  ];
  const [authorityEndsAt] = ends.sort();
  if (authorityEndsAt === undefined) return done({});
  return isAuthorityEnded({ authorityEndsAt }, now)
    ? fail('consent/authority-ended')
    : done({ authorityEndsAt });
}

/** The first moment of the birthday; whoever was born on 29 February is of age on the 28th. */
function majorityOf(
  { birthDate }: Pick<Patient, 'birthDate'>,
  relationship: string,
  { ageOfMajorityYears: years, minorRelationships, timeZone }: AuthoritySettings,
): readonly string[] {
  const isOfMinors = minorRelationships.some((each) => isSame(each, relationship));
  if (years === undefined || !isOfMinors) return [];
  const day = Temporal.PlainDate.from(birthDate).add({ years });
  return [new Date(day.toZonedDateTime(timeZone).epochMilliseconds).toISOString()];
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
