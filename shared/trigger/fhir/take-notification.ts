import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { done, type Outcome } from '../../outcome.ts';
import { takeEvent, type TakeEventPorts, type TakenEvent } from '../take-event.ts';
import type { Notification } from './bundle.ts';
import { findPatient } from './find-patient.ts';
import { type Gap, gapsIn, type Hearings, missingIn } from './gaps.ts';
import { readEvent } from './read-event.ts';
import type { NotedEvent } from './status.ts';

export interface TakeNotificationPorts extends Omit<TakeEventPorts, 'settings'> {
  readonly hearings: Hearings;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly settings: TakeEventPorts['settings'] & {
    readonly triggers: { readonly fhirTopics: Readonly<Record<string, string>> };
  };
}

export interface TakenOfNotification {
  readonly eventId: string;
  readonly taken: Outcome<TakenEvent | 'not-yet'>;
}

export interface TakenNotification {
  readonly type: Notification['status']['type'];
  readonly results: readonly TakenOfNotification[];
  /** Events that the subscription counted and that did not come. */
  readonly gaps: readonly Gap[];
}

/**
 * Takes the events of a notification one after the other; a handshake and a heartbeat bring none. How far the
 * subscription was heard is kept last: a notification that is broken off is posted again, and its events are duplicates.
 * One whose only event is refused is not heard, so that it is missing until it comes.
 *
 * @param source who posts it
 * @failure of each event: trigger/unknown-type, trigger/patient-unnamed, trigger/bad-time, trigger/event-id-reused,
 *   patient/unknown, patient/ambiguous
 */
export async function takeNotification(
  notification: Notification,
  source: string,
  ports: TakeNotificationPorts,
): Promise<TakenNotification> {
  const { type, subscription, notificationEvent, eventsSinceSubscriptionStart } =
    notification.status;
  const { hearings } = ports;
  const isNews = type === 'event-notification';
  const since = eventsSinceSubscriptionStart ?? 0;
  const numbers = isNews ? notificationEvent.map(({ eventNumber }) => eventNumber) : [since];
  const last = await hearings.last(source, subscription.reference);
  const results: TakenOfNotification[] = [];
  for (const noted of isNews ? notificationEvent : []) {
    const eventId = `${subscription.reference}#${noted.eventNumber}`;
    results.push({ eventId, taken: await takeOne(noted, eventId, notification, source, ports) });
  }
  const isHeard = isNews && (results.length > 1 || results.some(({ taken }) => taken.ok));
  if (isHeard) await hearings.heard(source, subscription.reference, Math.max(...numbers));
  const gaps = gapsIn(last, numbers, !isNews);
  count(missingIn(gaps), ports);
  return { type, results, gaps };
}

function count(missing: number, { metrics, log }: TakeNotificationPorts): void {
  if (missing === 0) return;
  metrics.put('NotificationGap', missing);
  log.info('notification-gap', { count: missing });
}

async function takeOne(
  noted: NotedEvent,
  eventId: string,
  notification: Notification,
  source: string,
  ports: TakeNotificationPorts,
): Promise<Outcome<TakenEvent | 'not-yet'>> {
  const told = readEvent(noted, notification, ports.settings.triggers.fhirTopics);
  if (!told.ok) return told;
  if (told.value === 'not-yet') return done('not-yet');
  const { type, occurredAt, names } = told.value;
  const patient = await findPatient(names, ports.patients);
  if (!patient.ok) return patient;
  return takeEvent({ eventId, type, occurredAt, patientId: patient.value.id }, source, ports);
}
