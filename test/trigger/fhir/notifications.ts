/** Notifications of an EHR that nobody has, in the two spellings of a subscription's status. */

export const SUBSCRIPTION = 'https://ehr.example/fhir/Subscription/ended';
export const TOPIC = 'https://ehr.example/fhir/SubscriptionTopic/encounter-ended';
export const TIME = '2026-11-22T06:00:00-06:00';

export interface Noted {
  readonly number: number;
  readonly focus?: object;
  readonly context?: readonly object[];
  readonly timestamp?: string | undefined;
}

export interface Notifying {
  readonly type?: string;
  readonly topic?: string;
  readonly since?: number;
  readonly timestamp?: string | undefined;
  readonly resources?: readonly { readonly resourceType: string; readonly id: string }[];
}

export const ANA = { reference: 'Patient/ana' };
export const ENCOUNTER = { reference: 'https://ehr.example/fhir/Encounter/e-1' };

/** An event of payload id-only. */
export const noted = (number: number, more: Partial<Noted> = {}): Noted => ({
  number,
  focus: ENCOUNTER,
  context: [ANA],
  timestamp: TIME,
  ...more,
});

const entriesOf = ({ resources = [] }: Notifying): readonly object[] =>
  resources.map((resource) => ({
    fullUrl: `https://ehr.example/fhir/${resource.resourceType}/${resource.id}`,
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    response: { status: '200' },
  }));

/** As R4 writes it: a history that begins with parameters, in which numbers are text. */
export const inR4 = (events: readonly Noted[], notifying: Notifying = {}): object => ({
  resourceType: 'Bundle',
  id: 'n-1',
  type: 'history',
  ...(notifying.timestamp === undefined ? {} : { timestamp: notifying.timestamp }),
  entry: [
    {
      fullUrl: 'urn:uuid:2f3e6f0a-59d7-4d4d-a4a9-6a0c3f6b1c11',
      resource: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'subscription', valueReference: { reference: SUBSCRIPTION } },
          { name: 'topic', valueCanonical: notifying.topic ?? TOPIC },
          { name: 'status', valueCode: 'active' },
          { name: 'type', valueCode: notifying.type ?? 'event-notification' },
          {
            name: 'events-since-subscription-start',
            valueString: String(notifying.since ?? events.length),
          },
          { name: 'x-own', valueString: 'anything' },
          ...events.map(({ number, focus, context = [], timestamp }) => ({
            name: 'notification-event',
            part: [
              { name: 'event-number', valueString: String(number) },
              ...(timestamp ? [{ name: 'timestamp', valueInstant: timestamp }] : []),
              ...(focus ? [{ name: 'focus', valueReference: focus }] : []),
              ...context.map((each) => ({ name: 'additional-context', valueReference: each })),
              { name: 'x-own', valueBoolean: true },
            ],
          })),
        ],
      },
      request: { method: 'GET', url: `${SUBSCRIPTION}/$status` },
      response: { status: '200' },
    },
    ...entriesOf(notifying),
  ],
});

/** As R5 writes it. */
export const inR5 = (events: readonly Noted[], notifying: Notifying = {}): object => ({
  resourceType: 'Bundle',
  type: 'subscription-notification',
  ...(notifying.timestamp === undefined ? {} : { timestamp: notifying.timestamp }),
  entry: [
    {
      resource: {
        resourceType: 'SubscriptionStatus',
        status: 'active',
        type: notifying.type ?? 'event-notification',
        eventsSinceSubscriptionStart: String(notifying.since ?? events.length),
        subscription: { reference: SUBSCRIPTION },
        topic: notifying.topic ?? TOPIC,
        notificationEvent: events.map(({ number, focus, context = [], timestamp }) => ({
          eventNumber: String(number),
          ...(timestamp ? { timestamp } : {}),
          ...(focus ? { focus } : {}),
          ...(context.length === 0 ? {} : { additionalContext: context }),
        })),
      },
    },
    ...entriesOf(notifying),
  ],
});

export const SPELLINGS = [
  ['R4', inR4],
  ['R5', inR5],
] as const;

export const coded = (code: string, system?: string): object => ({
  coding: [{ ...(system ? { system } : {}), code }],
});

export const encounter = (more: object = {}) => ({
  resourceType: 'Encounter',
  id: 'e-1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: ANA,
  period: { start: '2026-11-22T05:00:00-06:00', end: '2026-11-22T05:30:00-06:00' },
  ...more,
});

export const report = (more: object = {}) => ({
  resourceType: 'DiagnosticReport',
  id: 'r-1',
  status: 'final',
  category: [coded('LAB')],
  code: coded('58410-2'),
  subject: ANA,
  issued: '2026-11-22T05:45:00-06:00',
  ...more,
});

export const study = (more: object = {}) => ({
  resourceType: 'ImagingStudy',
  id: 'i-1',
  status: 'available',
  subject: ANA,
  ...more,
});

export const benefit = (more: object = {}) => ({
  resourceType: 'ExplanationOfBenefit',
  id: 'b-1',
  status: 'active',
  outcome: 'complete',
  patient: ANA,
  ...more,
});

/** Where a resource of the notification is found. */
export const focusOn = ({ resourceType, id }: { resourceType: string; id: string }): object => ({
  reference: `https://ehr.example/fhir/${resourceType}/${id}`,
});
