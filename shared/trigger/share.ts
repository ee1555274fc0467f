import { later, type Now } from '../clock.ts';
import { authorityOf } from '../consent/authority.ts';
import type { Actor } from '../consent/consent.ts';
import { mayShare } from '../consent/may-share.ts';
import type { ConsentStore } from '../consent/store.ts';
import { type ConsentId, type DirectAddress, parseConsentId, requestIdOf } from '../ids.ts';
import { consentTexts } from '../consent/texts.ts';
import { EVENT_TYPES } from '../event-types.ts';
import { languageFor } from '../language.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { mayAskFor } from '../patient/may-ask.ts';
import type { Patient } from '../patient/patient.ts';
import type { Settings } from '../settings.ts';
import { rightToShare } from '../transmit-request/authority/right.ts';
import { requestOf, sameDirective } from '../transmit-request/directive.ts';
import { isRunning } from '../transmit-request/running.ts';
import type { TransmitRequestStore } from '../transmit-request/store.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { type Asked, type Offered, understood, type Wanted } from '../transmit-request/wanted.ts';
import { requestedTrigger } from './event.ts';
import type { TriggerStore } from './store.ts';

export interface SharePorts {
  readonly consents: ConsentStore;
  readonly requests: TransmitRequestStore;
  readonly triggers: TriggerStore;
  readonly settings: Pick<
    Settings,
    'authority' | 'consentTexts' | 'senders' | 'deadlines' | 'triggers' | 'requests'
  >;
  readonly now: Now;
}

/** Who presses Share, for whom, and the caller's key: the same key again is the same press. */
export interface Pressing {
  readonly patient: Pick<Patient, 'id' | 'key' | 'birthDate' | 'death'>;
  readonly actor: Actor;
  readonly idempotencyKey: string;
}

export interface Shared {
  readonly request: TransmitRequest;
  /** All that it names, in the order of the press. */
  readonly added: readonly DirectAddress[];
  /** Whether an earlier call had made it already. */
  readonly replayed: boolean;
}

/** Each is a promise to look at every event of the patient. */
const MAX_RUNNING = 25;
/** With those that were stopped: far fewer than can still be read as a whole, which every revocation of all needs. */
const MAX_KEPT = 1000;

/**
 * The press of Share: keeps the request and, when a copy is wanted now, the reason to send it. The reason is added
 * again at every repeat, so a crash between the two leaves nothing that a repeat does not mend.
 *
 * @param asked with the consent that it rests on; without one, on the patient's newest answer
 * @failure edge/key-reused, consent/unknown, consent/not-accepted, consent/renew, transmit-request/expired,
 *   transmit-request/too-many-requests, patient/deceased, edge/unavailable, and the codes of
 *   `understood` and `rightToShare`
 */
export async function share(
  asked: Asked & { readonly consentId?: string | undefined },
  pressing: Pressing,
  ports: SharePorts,
): Promise<Outcome<Shared>> {
  const wanted = understood(asked, offeredBy(ports.settings));
  if (!wanted.ok) return wanted;
  const named = asked.consentId === undefined ? done(undefined) : parseConsentId(asked.consentId);
  if (!named.ok) return named;
  const kept = await keptOrNew(wanted.value, named.value, pressing, ports);
  if (!kept.ok || !wanted.value.sendNow) return kept;
  const now = ports.now();
  const added = await ports.triggers.add(
    requestedTrigger(kept.value.request, now),
    later(now, ports.settings.deadlines.doorbellLostAfterSeconds),
  );
  return added.ok ? kept : added;
}

/** What a request may choose from: of events those that there are, and the data holder's own. */
export const offeredBy = ({
  senders,
  triggers,
}: Pick<SharePorts['settings'], 'senders' | 'triggers'>): Offered => ({
  senders: senders.map(({ address }) => address),
  kinds: [...EVENT_TYPES, ...triggers.kinds],
});

/** Each loses against an answer of the patient that was kept meanwhile. */
const TRIES = 5;

async function keptOrNew(
  wanted: Wanted,
  named: ConsentId | undefined,
  pressing: Pressing,
  ports: SharePorts,
): Promise<Outcome<Shared>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const kept = await keptOrDecided(wanted, named, pressing, ports);
    if (kept !== 'consents-changed') return kept;
  }
  return fail('edge/unavailable');
}

async function keptOrDecided(
  wanted: Wanted,
  named: ConsentId | undefined,
  { patient, actor, idempotencyKey }: Pressing,
  { consents, requests, settings, now: clock }: SharePorts,
): Promise<Outcome<Shared> | 'consents-changed'> {
  const id = requestIdOf(patient.key, actor.subject, idempotencyKey);
  const earlier = await requests.get(patient.key, id);
  const answered = (request: TransmitRequest, replayed: boolean): Outcome<Shared> =>
    sameDirective(request, wanted, actor, named)
      ? done({ request, added: request.directive.addresses, replayed })
      : fail('edge/key-reused');
  if (earlier.ok) return answered(earlier.value, true);
  const mayAsk = mayAskFor(patient, actor);
  if (!mayAsk.ok) return mayAsk;
  const now = clock();
  const acting = { actor, patient, onBehalf: wanted.onBehalf, settings: settings.authority, now };
  // Before the consents: whose authority has ended is told that, not that what he agreed to counts no more.
  const authority = authorityOf(actor, patient, settings.authority, now);
  if (!authority.ok) return authority;
  const standing = await consents.standing(patient.key);
  const consent = mayShare(standing.consents, consentTexts(settings.consentTexts), now, named);
  if (!consent.ok) return consent;
  const right = rightToShare(acting, consent.value);
  if (!right.ok) return right;
  const { id: consentId, text } = consent.value;
  const on = { consentId, language: languageFor(text.language), right: right.value };
  const asking = { id, patient, now, settings: settings.requests };
  const request = requestOf(wanted, { ...asking, ...on });
  if (!request.ok) return request;
  const created = await requests.create(request.value, standing.version, (all) =>
    hasRoom(all, now),
  );
  if (created === 'no-room') return fail('transmit-request/too-many-requests');
  return created === 'consents-changed' ? created : answered(created, false);
}

const hasRoom = (all: readonly TransmitRequest[], now: Date): boolean =>
  all.length < MAX_KEPT && all.filter((each) => isRunning(each, now)).length < MAX_RUNNING;
