import { done, fail, type Outcome } from '../../outcome.ts';

/** What a verified token says, as it was parsed from JSON. */
export type Claims = Readonly<Record<string, unknown>>;

/** More is nobody's token. */
const MAX_WORDS = 100;

/**
 * A token without the claim is bound to nobody; one that has the claim meant to bind. So a claim that cannot be read
 * refuses the token: read as empty, it would open every patient to a provider or a system.
 *
 * @failure edge/forbidden
 */
export function patientsIn(claim: unknown): Outcome<readonly string[]> {
  if (claim === undefined) return done([]);
  const list = listed(claim);
  const named = list.filter(isText);
  const isLegible = named.length === list.length && list.length > 0 && list.length <= MAX_WORDS;
  return isLegible ? done(named) : fail('edge/forbidden');
}

/** A claim that grants: what cannot be read of it grants nothing. */
export function wordsIn(claim: unknown): readonly string[] {
  const named = listed(claim).filter(isText);
  return named.length > MAX_WORDS ? [] : named;
}

/** One text with blanks between its words, or a list. */
function listed(claim: unknown): readonly unknown[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim : [];
}

const isText = (each: unknown): each is string => typeof each === 'string' && each.trim() !== '';

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;
/** Seconds of the year 9999; more would be milliseconds. */
const LAST_SECOND = 253_402_300_799;

/** A moment as ISO 8601 UTC, of seconds since 1970 (RFC 7519) or of ISO 8601; a day alone begins at midnight UTC. */
export function momentIn(claim: unknown): string | undefined {
  if (typeof claim === 'number' && claim >= 0 && claim <= LAST_SECOND) {
    return new Date(claim * 1000).toISOString();
  }
  if (typeof claim !== 'string' || !DATE.test(claim)) return undefined;
  const moment = new Date(claim);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
