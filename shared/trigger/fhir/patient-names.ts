import type { Identifier } from '../../patient/patient.ts';
import type { Notification } from './bundle.ts';
import { lookUp } from './look-up.ts';
import {
  targetOf,
  typeIn,
  unversioned,
  type Identifier as Named,
  type Reference,
} from './reference.ts';
import type { PatientResource, Resource } from './resources.ts';
import type { NotedEvent } from './status.ts';

/** Under which of its names a patient may be registered here; whoever is found by two of them must be one. */
export interface PatientNames {
  readonly ids: readonly string[];
  readonly identifiers: readonly Identifier[];
}

/** So many are looked up, and no more. */
const MAX_IDENTIFIERS = 10;

/**
 * Under which names the patient of an event goes: whom the resource is about; else whom the event names beside it;
 * else, when there is but one event, the one patient in the bundle. Of two nobody guesses.
 */
export function namesIn(
  { additionalContext }: NotedEvent,
  resource: Resource | undefined,
  notification: Notification,
): PatientNames | undefined {
  const named = (to: Reference): PatientNames | undefined =>
    namesOf(to, patientIn(lookUp(to.reference, notification.entries)));
  const subject = resource && subjectOf(resource);
  if (subject)
    return isBare(subject) || isPatient(subject, notification) ? named(subject) : undefined;
  const referred = additionalContext.filter((each) => isPatient(each, notification));
  const [reference] = referred;
  if (reference !== undefined) {
    return new Set(referred.map(textOf)).size === 1 ? named(reference) : undefined;
  }
  const patients = notification.entries.flatMap(({ resource: each }) => patientIn(each) ?? []);
  const isAlone = notification.status.notificationEvent.length === 1 && patients.length === 1;
  return isAlone ? namesOf(undefined, patients[0]) : undefined;
}

function subjectOf(resource: Resource): Reference | undefined {
  if (resource.resourceType === 'ExplanationOfBenefit') return resource.patient;
  return resource.resourceType === 'Patient' || resource.resourceType === 'other'
    ? undefined
    : resource.subject;
}

const patientIn = (resource: Resource | undefined): PatientResource | undefined =>
  resource?.resourceType === 'Patient' ? resource : undefined;

/** A subject that is named by an identifier alone: nobody but a patient is registered under one. */
const isBare = ({ reference, type }: Reference): boolean =>
  reference === undefined && type === undefined;

const isPatient = (reference: Reference, { entries }: Notification): boolean =>
  (typeIn(reference) ?? patientIn(lookUp(reference.reference, entries))?.resourceType) ===
  'Patient';

const textOf = ({ reference, identifier }: Reference): string =>
  reference === undefined
    ? JSON.stringify([identifier?.system, identifier?.value])
    : unversioned(reference);

function namesOf(
  reference: Reference | undefined,
  patient: PatientResource | undefined,
): PatientNames | undefined {
  const ids = [targetOf(reference?.reference)?.id, patient?.id].flatMap((id) => id ?? []);
  const identifiers = [reference?.identifier, ...(patient?.identifier ?? [])]
    .flatMap(whole)
    .slice(0, MAX_IDENTIFIERS);
  return ids.length + identifiers.length === 0
    ? undefined
    : { ids: [...new Set(ids)], identifiers };
}

const whole = (identifier: Named | undefined): readonly Identifier[] =>
  identifier?.system === undefined || identifier.value === undefined
    ? []
    : [{ system: identifier.system, value: identifier.value }];
