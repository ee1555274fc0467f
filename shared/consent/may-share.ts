import type { ConsentId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Consent, ConsentText } from './consent.ts';
import { currentText } from './texts.ts';

/**
 * The consent on which a new sharing may rest: accepted, not followed by a rejection, and to the text of today.
 *
 * @param consents all of the patient, newest first
 * @param named the one that the caller means; absent means the newest
 * @failure consent/unknown, consent/not-accepted, consent/renew
 */
export function mayShare(
  consents: readonly Consent[],
  texts: readonly ConsentText[],
  named?: ConsentId,
): Outcome<Consent> {
  const consent = named === undefined ? consents[0] : consents.find(({ id }) => id === named);
  if (consent === undefined) {
    return named === undefined ? fail('consent/not-accepted') : fail('consent/unknown');
  }
  // In the same millisecond nobody knows which was first: then the rejection counts.
  const rejected = consents.some(({ decision, at }) => decision === 'rejected' && at >= consent.at);
  if (rejected) return fail('consent/not-accepted');
  const current = currentText(texts, consent.text.language);
  return current.ok && current.value.sha256 === consent.text.sha256
    ? done(consent)
    : fail('consent/renew');
}
