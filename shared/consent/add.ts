import { done, fail, type Outcome } from '../outcome.ts';
import type { Consent } from './consent.ts';
import type { ConsentStore } from './store.ts';

/** Far more than anybody is asked, and far fewer than can still be read as a whole. */
const MAX_CONSENTS = 1000;

/**
 * Keeps an answer, unless there are too many. Nobody can be kept from saying no by having been made to say much: who
 * has agreed last may still reject, and whoever has rejected still withdraw: that is the last answer then.
 *
 * @returns what is kept under the id of the answer, which may be an earlier one
 * @failure consent/too-many
 */
export async function added(
  consent: Consent,
  consents: Pick<ConsentStore, 'add' | 'list'>,
): Promise<Outcome<Consent>> {
  const earlier = await consents.list(consent.patientKey);
  const last = earlier[0]?.decision;
  const changesMind =
    consent.decision === 'withdrawn'
      ? last !== 'withdrawn'
      : consent.decision === 'rejected' && last === 'accepted';
  if (earlier.length >= MAX_CONSENTS && !changesMind) return fail('consent/too-many');
  return done(await consents.add(consent));
}
