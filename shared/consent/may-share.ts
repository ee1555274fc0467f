import type { ConsentId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { isAuthorityEnded } from './authority-end.ts';
import type { Consent, ConsentText } from './consent.ts';
import { currentText } from './texts.ts';

/**
 * The consent on which a new sharing may rest: accepted, not followed by a rejection or withdrawal, by somebody who may
 * still act for the patient, and to the text of today in its own language.
 *
 * @param consents all of the patient, newest first
 * @param named the one that the caller means; absent means the newest that it may rest on
 * @failure consent/unknown, consent/not-accepted, consent/renew
 */
export function mayShare(
  consents: readonly Consent[],
  texts: readonly ConsentText[],
  now: Date,
  named?: ConsentId,
): Outcome<Consent> {
  const meant = named === undefined ? consents : consents.filter(({ id }) => id === named);
  if (named !== undefined && meant.length === 0) return fail('consent/unknown');
  const standing = meant.filter((each) => isStanding(each, consents, now));
  const current = standing.find((each) => isOfToday(each, texts));
  if (current !== undefined) return done(current);
  return fail(standing.length > 0 ? 'consent/renew' : 'consent/not-accepted');
}

/** In the same millisecond nobody knows which was first: then the no counts. */
const isStanding = (consent: Consent, consents: readonly Consent[], now: Date): boolean =>
  !isAuthorityEnded(consent, now) &&
  !consents.some(({ decision, at }) => decision !== 'accepted' && at >= consent.at);

function isOfToday({ text }: Consent, texts: readonly ConsentText[]): boolean {
  const current = currentText(texts, text.language);
  return current.ok && current.value.sha256 === text.sha256;
}
