import type { Consent, ConsentText } from '../../consent/consent.ts';
import { mayShare } from '../../consent/may-share.ts';
import type { ConsentId, DirectAddress } from '../../ids.ts';
import { languageFor } from '../../language.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { mayAskFor } from '../../patient/may-ask.ts';
import type { Patient } from '../../patient/patient.ts';
import type { RequestSettings } from '../../settings.ts';
import { type Acting, rightToNarrow, rightToShare } from '../authority/right.ts';
import type { TransmitRequest } from '../transmit-request.ts';
import type { Offered } from '../wanted.ts';
import { amended } from './amended.ts';
import type { Amendment } from './amendment.ts';
import { changeable } from './changeable.ts';
import { mayWiden } from './evidence.ts';
import { type Terms, termsAfter, termsOf } from './terms.ts';
import { addedBetween, widens } from './widens.ts';

/** Who wants it, and all that decides whether it may be. */
export interface Wishing extends Acting {
  readonly patient: Pick<Patient, 'birthDate' | 'death'>;
  /** Whether whoever asks has signed in as naming another address demands. */
  readonly mayAdd: Outcome<unknown>;
  /** All of the patient, newest first. */
  readonly consents: readonly Consent[];
  readonly texts: readonly ConsentText[];
  /** The consent that is meant; absent: the newest. */
  readonly consentId: ConsentId | undefined;
  readonly offered: Offered;
  readonly requests: RequestSettings;
}

/** What a request becomes. */
export interface Decided {
  /** The request itself when nothing changes. */
  readonly request: TransmitRequest;
  readonly added: readonly DirectAddress[];
  /** It asks for more than before, and rests on the patient's answers. */
  readonly restsOnConsent: boolean;
}

/**
 * What an amendment makes of a request. To ask for less needs nobody's consent; to ask for more needs what a new request
 * needs.
 *
 * @failure transmit-request/expired and the codes of `changeable`, `termsAfter` and `rightToNarrow`
 * @failure patient/deceased and the codes of `mayShare`, `rightToShare`, `mayWiden` and `mayAdd`, of what widens only
 */
export function decideAmendment(
  current: TransmitRequest,
  asked: Amendment,
  wishing: Wishing,
): Outcome<Decided> {
  const { now } = wishing;
  const open = changeable(current, now);
  if (!open.ok) return open;
  const before = termsOf(current);
  const after = termsAfter(before, asked, wishing.offered);
  if (!after.ok) return after;
  const terms = after.value;
  if (terms.until !== undefined && Date.parse(terms.until) <= now.getTime()) {
    return fail('transmit-request/expired');
  }
  return widens(before, terms)
    ? widened(current, terms, asked, wishing)
    : narrowed(current, terms, asked, wishing);
}

function narrowed(
  current: TransmitRequest,
  terms: Terms,
  { signatureName, sendNow }: Amendment,
  wishing: Wishing,
): Outcome<Decided> {
  const right = rightToNarrow(wishing);
  if (!right.ok) return right;
  const { now, requests: settings } = wishing;
  const amending = { right: right.value, signatureName, sendNow, settings, now };
  return done({ request: amended(current, terms, amending), added: [], restsOnConsent: false });
}

function widened(
  current: TransmitRequest,
  terms: Terms,
  { signatureName, sendNow }: Amendment,
  wishing: Wishing,
): Outcome<Decided> {
  const { now, requests: settings, actor, patient, consents, texts, consentId } = wishing;
  const mayAsk = mayAskFor(patient, actor);
  if (!mayAsk.ok) return mayAsk;
  const consent = mayShare(consents, texts, now, consentId);
  if (!consent.ok) return consent;
  const right = rightToShare(wishing, consent.value);
  if (!right.ok) return right;
  const room = mayWiden(current);
  if (!room.ok) return room;
  const added = addedBetween(termsOf(current), terms);
  if (added.length > 0 && !wishing.mayAdd.ok) return wishing.mayAdd;
  const { id, text } = consent.value;
  const restsOn = { id, language: languageFor(text.language) };
  const amending = { right: right.value, consent: restsOn, signatureName, sendNow, settings, now };
  return done({ request: amended(current, terms, amending), added, restsOnConsent: true });
}
