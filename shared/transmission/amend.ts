import { later, type Now } from '../clock.ts';
import type { Standing } from '../consent/store.ts';
import { consentTexts } from '../consent/texts.ts';
import type { ConsentStore } from '../consent/store.ts';
import {
  addressKeyOf,
  type DirectAddress,
  parseConsentId,
  parseRequestId,
  type RequestId,
} from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import type { Settings } from '../settings.ts';
import type { Amendment } from '../transmit-request/amend/amendment.ts';
import { decideAmendment, type Wishing } from '../transmit-request/amend/decide.ts';
import { isSending } from '../transmit-request/running.ts';
import { addressOf } from '../transmit-request/standing/address.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { isMatch } from '../transmit-request/version.ts';
import type { AmendmentStore, DecidedAmendment } from '../trigger/amendment-store.ts';
import { addedTrigger } from '../trigger/event.ts';
import { offeredBy } from '../trigger/share.ts';
import type { InFlight, Ledger } from './ledger.ts';
import { leavingOf } from './stop.ts';

export interface AmendPorts {
  readonly consents: Pick<ConsentStore, 'standing'>;
  readonly amendments: AmendmentStore;
  readonly ledger: Pick<Ledger, 'leaving'>;
  readonly settings: Pick<
    Settings,
    'authority' | 'consentTexts' | 'senders' | 'deadlines' | 'triggers' | 'requests'
  >;
  readonly now: Now;
}

/** Which version of which request is to be otherwise, in which way, and who wants it. */
export interface Amending extends Pick<Wishing, 'actor' | 'mayAdd' | 'onBehalf'> {
  readonly patient: Pick<Patient, 'key' | 'birthDate' | 'death'>;
  readonly requestId: string | undefined;
  readonly ifMatch: string | undefined;
  readonly asked: Amendment & { readonly consentId?: string | undefined };
}

export interface Amended {
  readonly request: TransmitRequest;
  readonly added: readonly DirectAddress[];
  /** To whoever was removed, now or before: whoever repeats a change whose answer was lost is told, too. */
  readonly inFlight: readonly InFlight[];
}

/** Each loses against an answer of the patient that was kept meanwhile. */
const TRIES = 5;

/**
 * Changes what is asked for. Every batch whose copies are not opened yet follows it, and so does every copy whose intent
 * is not on record; to an address that is added a first copy goes at once, if that is wanted. The reason for it is kept by
 * the transaction that adds the address: whoever repeats a call whose answer was lost finds it done, and the version gone.
 *
 * @failure edge/precondition-missing, edge/precondition-failed, transmit-request/unknown, consent/unknown,
 *   edge/unavailable, and the codes of `decideAmendment`
 */
export async function amendOne(amending: Amending, ports: AmendPorts): Promise<Outcome<Amended>> {
  const id = parseRequestId(amending.requestId ?? '');
  if (!id.ok) return id;
  const { ifMatch, patient } = amending;
  if (ifMatch === undefined) return fail('edge/precondition-missing');
  for (let tries = 0; tries < TRIES; tries += 1) {
    const standing = await ports.consents.standing(patient.key);
    const seen = await amendedOnce(id.value, { ...amending, ifMatch }, standing, ports);
    if (seen === 'consents-changed') continue;
    if (!seen.ok) return seen;
    const { request } = seen.value;
    const isStopped = ({ address, requestId }: InFlight): boolean =>
      requestId === request.id &&
      addressOf(request, addressKeyOf(address as DirectAddress))?.status === 'revoked';
    return done({
      ...seen.value,
      inFlight: await leavingOf(patient.key, isStopped, ports),
    });
  }
  return fail('edge/unavailable');
}

async function amendedOnce(
  id: RequestId,
  amending: Amending & { readonly ifMatch: string },
  standing: Standing,
  { amendments, settings, now: clock }: AmendPorts,
): Promise<Outcome<Omit<Amended, 'inFlight'>> | 'consents-changed'> {
  const now = clock();
  const wishing = wishingOf(amending, standing, settings, now);
  if (!wishing.ok) return wishing;
  let named: readonly DirectAddress[] = [];
  const decide = (current: TransmitRequest): Outcome<DecidedAmendment> => {
    if (!isMatch(amending.ifMatch, current)) return fail('edge/precondition-failed');
    const decided = decideAmendment(current, amending.asked, wishing.value);
    if (!decided.ok) return decided;
    const { request, added, restsOnConsent } = decided.value;
    named = added;
    const goesNow = amending.asked.sendNow && added.length > 0 && isSending(request, now);
    const dueAt = later(now, settings.deadlines.doorbellLostAfterSeconds);
    const trigger = { trigger: addedTrigger(request, added, now), dueAt };
    return done({ request, by: amending.actor, restsOnConsent, ...(goesNow ? { trigger } : {}) });
  };
  const kept = await amendments.amend(amending.patient.key, id, now, standing.version, decide);
  if (kept === 'consents-changed' || !kept.ok) return kept;
  return done({ request: kept.value, added: named });
}

function wishingOf(
  { actor, patient, mayAdd, onBehalf, asked }: Amending,
  { consents }: Standing,
  settings: AmendPorts['settings'],
  now: Date,
): Outcome<Wishing> {
  const named = asked.consentId === undefined ? done(undefined) : parseConsentId(asked.consentId);
  if (!named.ok) return named;
  return done({
    actor,
    patient,
    mayAdd,
    onBehalf,
    consents,
    texts: consentTexts(settings.consentTexts),
    consentId: named.value,
    offered: offeredBy(settings),
    requests: settings.requests,
    settings: settings.authority,
    now,
  });
}
