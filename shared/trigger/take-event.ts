import { later, type Now } from '../clock.ts';
import type { TriggerId } from '../ids.ts';
import type { Metrics } from '../metrics.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { byIdentifiers } from '../patient/by-identifiers.ts';
import type { Identifier, Patient } from '../patient/patient.ts';
import { registeredNow } from '../patient/registered.ts';
import type { PatientStore } from '../patient/store.ts';
import type { DeadlineSettings, TriggerSettings } from '../settings.ts';
import type { TransmitRequestStore } from '../transmit-request/store.ts';
import { eventTrigger, parseEventType, parseOccurredAt } from './event.ts';
import { matching } from './match.ts';
import type { TriggerStore } from './store.ts';

export interface TakeEventPorts {
  readonly patients: PatientStore;
  readonly requests: TransmitRequestStore;
  readonly triggers: TriggerStore;
  readonly settings: {
    readonly deadlines: DeadlineSettings;
    readonly triggers: Pick<TriggerSettings, 'kinds'>;
  };
  readonly metrics: Metrics;
  readonly now: Now;
}

/** An event as a system posts it; it names its patient by one of the three. */
export interface Posted {
  readonly eventId: string;
  readonly type: string;
  readonly patientId?: string | undefined;
  readonly patientIdentifier?: Identifier | undefined;
  /** Of one patient; some may be of registers that nobody here knows. */
  readonly patientIdentifiers?: readonly Identifier[] | undefined;
  /** RFC 3339. */
  readonly occurredAt: string;
  /** It takes back what was reported of its type until then, as far as nothing was sent for it. */
  readonly cancels?: boolean | undefined;
}

export interface TakenEvent {
  readonly result: 'accepted' | 'duplicate';
  readonly triggerId: TriggerId;
  /** How many requests of the patient are served by it, as they are now; none by one that cancels. */
  readonly requests: number;
  readonly cancels: boolean;
}

/**
 * Takes an event as a trigger. It is kept even when no request waits for it, so that its repeat is known for one.
 *
 * @param source who posts it
 * @failure trigger/unknown-type, trigger/bad-time, trigger/event-id-reused, patient/bad-id, patient/unknown,
 *   patient/ambiguous
 */
export async function takeEvent(
  posted: Posted,
  source: string,
  { patients, requests, triggers, settings, metrics, now }: TakeEventPorts,
): Promise<Outcome<TakenEvent>> {
  const at = now();
  const type = parseEventType(posted.type, settings.triggers.kinds);
  if (!type.ok) return type;
  const occurredAt = parseOccurredAt(posted.occurredAt, at);
  if (!occurredAt.ok) return occurredAt;
  const patient = await patientOf(posted, patients);
  if (!patient.ok) return patient;

  const { eventId, cancels } = posted;
  const event = { eventId, type: type.value, occurredAt: occurredAt.value, cancels };
  const trigger = eventTrigger(source, event, patient.value, at);
  const dueAt = later(at, settings.deadlines.doorbellLostAfterSeconds);
  const added = await triggers.add(trigger, dueAt);
  if (!added.ok) return added;
  metrics.put(added.value === 'added' ? 'EventTaken' : 'EventRepeated', 1);
  const served = matching(trigger, await requests.list(trigger.patientKey), at);
  return done({
    result: added.value === 'added' ? 'accepted' : 'duplicate',
    triggerId: trigger.id,
    requests: served.length,
    cancels: trigger.cancels ?? false,
  });
}

async function patientOf(
  { patientId, patientIdentifier, patientIdentifiers }: Posted,
  patients: PatientStore,
): Promise<Outcome<Patient>> {
  if (patientIdentifiers !== undefined) return byIdentifiers(patientIdentifiers, patients);
  if (patientIdentifier !== undefined) return patients.byIdentifier(patientIdentifier);
  return patientId === undefined ? fail('patient/bad-id') : registeredNow(patientId, patients);
}
