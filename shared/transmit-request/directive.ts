import type { Actor } from '../consent/consent.ts';
import { restingOn, type Right } from './authority/right.ts';
import {
  addressKeyOf,
  type ConsentId,
  type DirectAddress,
  type RequestId,
  sha256,
} from '../ids.ts';
import type { Language } from '../language.ts';
import { done, fail, failAt, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import type { RequestSettings } from '../settings.ts';
import { nextRun } from './schedule/run.ts';
import { isScheduled } from './schedule/scheduled.ts';
import { review } from './standing/review.ts';
import type { Wanted } from './wanted.ts';
import type { Directive, RequestAddress, Schedule, TransmitRequest } from './transmit-request.ts';

/** Who asks, for whom, on which consent, and under which id it is kept. */
export interface Asking {
  readonly id: RequestId;
  readonly patient: Pick<Patient, 'id' | 'key' | 'death'>;
  readonly consentId: ConsentId;
  /** Of the text that was accepted. */
  readonly language: Language;
  readonly right: Right;
  readonly settings: RequestSettings;
  readonly now: Date;
}

/**
 * Makes the standing order and, inside it, the evidence of what was asked.
 *
 * @failure transmit-request/expired its end date has passed already
 * @failure transmit-request/bad-schedule it would never send: no slot comes before its end date, and none goes at once
 */
export function requestOf(wanted: Wanted, asking: Asking): Outcome<TransmitRequest> {
  const { id, patient, now } = asking;
  const { addresses, frequency, schedule, triggers, until, sender, clientReference } = wanted;
  if (until !== undefined && Date.parse(until) <= now.getTime()) {
    return fail('transmit-request/expired');
  }
  const next = nextRun(wanted, now);
  if (isScheduled(frequency) && next.nextRunAt === undefined && !wanted.sendNow) {
    return failAt('transmit-request/bad-schedule', [{ pointer: '/until', code: 'no-slot' }]);
  }
  const request: TransmitRequest = {
    id,
    patientId: patient.id,
    patientKey: patient.key,
    status: 'active',
    frequency,
    ...(schedule === undefined ? {} : { schedule }),
    ...(triggers === undefined ? {} : { triggers }),
    addresses: Object.fromEntries(addresses.map(activeAddress)),
    sender,
    language: asking.language,
    ...(until === undefined ? {} : { until }),
    directive: directiveOf(wanted, asking),
    ...(clientReference === undefined ? {} : { clientReference }),
    createdAt: now.toISOString(),
    ...next,
    ...review(frequency, now, asking.settings),
    ...(patient.death === undefined ? {} : { afterDeath: true }),
    version: 1,
  };
  return done(restingOn(request, asking.right));
}

const activeAddress = (address: DirectAddress): [string, RequestAddress] => [
  addressKeyOf(address),
  { address, status: 'active' },
];

/** Without a consent it asks for nothing more than before. */
export const directiveOf = (
  wanted: Wanted,
  { consentId, right, now }: Pick<Asking, 'right' | 'now'> & Partial<Pick<Asking, 'consentId'>>,
): Directive => ({
  ...(consentId === undefined ? { narrows: true } : { consentId }),
  addresses: wanted.addresses,
  frequency: wanted.frequency,
  ...(wanted.schedule === undefined ? {} : { schedule: wanted.schedule }),
  ...(wanted.triggers === undefined ? {} : { triggers: wanted.triggers }),
  ...(wanted.until === undefined ? {} : { until: wanted.until }),
  ...(wanted.signatureName === undefined ? {} : { signatureName: wanted.signatureName }),
  ...right,
  sendNow: wanted.sendNow,
  at: now.toISOString(),
  sha256: hashOf(wanted, consentId ?? 'narrows', right.actor),
});

/** What was not there to be asked for once is left out when it is not asked for: old hashes stay what they are. */
const hashOf = (
  {
    addresses,
    frequency,
    schedule,
    triggers,
    until,
    sender,
    signatureName,
    sendNow,
    onBehalf,
  }: Wanted,
  on: ConsentId | 'holder-attested' | 'narrows',
  actor: Actor,
) =>
  sha256(
    JSON.stringify([
      on,
      addresses,
      frequency,
      until ?? '',
      sender,
      signatureName ?? '',
      actor.subject,
      sendNow,
      ...(schedule === undefined ? [] : [inOrder(schedule)]),
      ...(triggers === undefined ? [] : [triggers]),
      ...(onBehalf === undefined ? [] : [onBehalf]),
    ]),
  );

/** What a system of the data holder asserts that it may send, to whom, in whose name. */
export type Attesting = Omit<Asking, 'consentId' | 'settings' | 'right'> & {
  readonly actor: Actor;
} & Pick<Wanted, 'addresses' | 'sender'>;

/**
 * The request that stands for what a client asserted that it may send: so that the patient sees it, and can stop it, as
 * any other. It asks for one copy to each address, and they are opened with it.
 */
export function attestedRequest(attesting: Attesting): TransmitRequest {
  const { id, patient, actor, addresses, sender, language, now } = attesting;
  const at = now.toISOString();
  const wanted: Wanted = { addresses, frequency: 'once', sender, sendNow: true };
  return {
    id,
    patientId: patient.id,
    patientKey: patient.key,
    status: 'active',
    frequency: 'once',
    addresses: Object.fromEntries(addresses.map(activeAddress)),
    sender,
    language,
    directive: {
      basis: 'holder-attested',
      addresses,
      frequency: 'once',
      actor,
      sendNow: true,
      at,
      sha256: hashOf(wanted, 'holder-attested', actor),
    },
    createdAt: at,
    servedAt: at,
    version: 1,
  };
}

/** Always in the order of its type: a store gives back the names of an object in any. */
const inOrder = ({ at, timeZone, dayOfWeek, dayOfMonth }: Schedule): Schedule => ({
  at,
  timeZone,
  ...(dayOfWeek === undefined ? {} : { dayOfWeek }),
  ...(dayOfMonth === undefined ? {} : { dayOfMonth }),
});

/** Whether what is kept under the same key is what is asked for now. Who names no consent means the one of then. */
export const sameDirective = (
  kept: TransmitRequest,
  wanted: Wanted,
  actor: Actor,
  named: ConsentId | undefined = kept.directive.consentId,
): boolean =>
  kept.directive.sha256 === hashOf(wanted, named ?? 'holder-attested', actor) &&
  (kept.renamed === true || kept.clientReference === wanted.clientReference);
