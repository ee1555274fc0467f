import { done, fail, type Outcome } from '../../outcome.ts';
import type { Notification } from './bundle.ts';
import { kindOf, kindOfType } from './kind.ts';
import { isDeleted, lookUp } from './look-up.ts';
import { namesIn, type PatientNames } from './patient-names.ts';
import { typeIn } from './reference.ts';
import type { Resource } from './resources.ts';
import type { NotedEvent } from './status.ts';

/** What a notification reports of one event. */
export interface ToldEvent {
  readonly type: string;
  /** As it was written. */
  readonly occurredAt: string;
  readonly names: PatientNames;
}

/**
 * Reads one event of a notification, with the resource that it is about where the bundle brings it.
 *
 * @param topics which kind of event a topic is, where the settings say so
 * @returns `not-yet` when nothing that is a reason to send has happened to the resource
 * @failure trigger/unknown-type, trigger/patient-unnamed
 */
export function readEvent(
  noted: NotedEvent,
  notification: Notification,
  topics: Readonly<Record<string, string>>,
): Outcome<ToldEvent | 'not-yet'> {
  const { entries, status } = notification;
  const resource = lookUp(noted.focus?.reference, entries);
  const kind = kindOfEvent(noted, resource, mappedBy(status.topic, topics));
  if (kind === undefined) return fail('trigger/unknown-type');
  if (kind === 'not-yet' || isDeleted(noted.focus?.reference, entries)) return done('not-yet');
  const names = namesIn(noted, resource, notification);
  if (names === undefined) return fail('trigger/patient-unnamed');
  return done({ type: kind, occurredAt: timeOf(noted, resource, notification), names });
}

/** A canonical URL may be followed by a version. */
function mappedBy(
  topic: string | undefined,
  topics: Readonly<Record<string, string>>,
): string | undefined {
  const url = topic?.split('|')[0] ?? '';
  return Object.hasOwn(topics, url) ? topics[url] : undefined;
}

/** The settings say what a topic means, but no topic makes a result of what is not final, or of a mistake. */
function kindOfEvent(
  { focus }: NotedEvent,
  resource: Resource | undefined,
  mapped: string | undefined,
): string | undefined {
  if (resource === undefined) return mapped ?? kindOfType((focus && typeIn(focus)) ?? '');
  const kind = kindOf(resource);
  return kind === 'not-yet' && isNever(resource) ? kind : (mapped ?? kind);
}

const isNever = (resource: Resource): boolean =>
  resource.resourceType === 'DiagnosticReport' ||
  ('status' in resource && resource.status === 'entered-in-error');

/** A date without time is no time at which something happened. */
function timeOf(
  { timestamp }: NotedEvent,
  resource: Resource | undefined,
  notification: Notification,
): string {
  const times = [timestamp, resource && ownTimeOf(resource), notification.timestamp];
  return times.find((each) => each?.includes('T')) ?? '';
}

function ownTimeOf(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Encounter':
      return (resource.period ?? resource.actualPeriod)?.end;
    case 'DiagnosticReport':
      return resource.issued;
    case 'ImagingStudy':
      return resource.started;
    case 'ExplanationOfBenefit':
      return resource.created;
    case 'Patient':
    case 'other':
      return undefined;
  }
}
