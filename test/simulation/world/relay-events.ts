import type { Envelope } from '../../../shared/deliver/relay.ts';
import { sha256 } from '../../../shared/ids.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Timeline } from '../kernel/timeline.ts';
import type { Witness } from './witness.ts';

interface Ports {
  readonly witness: Witness;
  readonly timeline: Timeline;
  readonly chance: Chance;
}

/** In the order in which they would come if they came in order. */
const COURSES = {
  arrives: ['Send', 'Delivery'],
  'arrives late': ['Send', 'DeliveryDelay', 'Delivery'],
  bounces: ['Send', 'Bounce'],
  'is thrown away': ['Reject'],
  'goes quietly': [],
  'is complained about': ['Send', 'Delivery', 'Complaint'],
} as const;

type EventType = (typeof COURSES)[keyof typeof COURSES][number];

/** What a relay like SES tells of the copies that it took: out of order, twice, and now and then of somebody else's. */
export class RelayEvents {
  readonly #ports: Ports;
  readonly #rates: { readonly relayEvents: number; readonly repeats: number };
  readonly #tell: (body: string) => void;

  constructor(
    ports: Ports,
    rates: { readonly relayEvents: number; readonly repeats: number },
    tell: (body: string) => void,
  ) {
    this.#ports = ports;
    this.#rates = rates;
    this.#tell = tell;
  }

  left(envelope: Envelope): void {
    const { chance, witness } = this.#ports;
    if (!chance.happens(this.#rates.relayEvents)) return;
    const course = chance.weighted({
      arrives: 5,
      'arrives late': 1,
      bounces: 1,
      'is thrown away': 0.5,
      'goes quietly': 1,
      'is complained about': 0.5,
    });
    const intent = witness.intentOf(sha256(envelope.bytes));
    const isForeign = chance.happens(0.05);
    const id = isForeign ? 'tx_aaaaaaaaaaaaaaaaaaaaaaaaaa' : (intent?.id ?? '');
    for (const type of COURSES[course]) this.#plan(type, id, intent?.attempt ?? 1, envelope);
  }

  #plan(type: EventType, id: string, attempt: number, envelope: Envelope): void {
    const { chance, timeline } = this.#ports;
    const times = chance.happens(this.#rates.repeats) ? 2 : 1;
    const at = timeline.now().toISOString();
    for (let time = 0; time < times; time += 1) {
      const seconds = chance.happens(0.1) ? chance.between(600, 90_000) : chance.between(0, 60);
      timeline.after(seconds * 1000, () => this.#tell(eventOf(type, id, attempt, envelope, at)));
    }
  }
}

const eventOf = (
  eventType: EventType,
  id: string,
  attempt: number,
  { from, to }: Envelope,
  at: string,
): string =>
  JSON.stringify({
    eventType,
    mail: {
      messageId: `0100-${id}-${attempt}`,
      source: from,
      destination: [to],
      tags: { transmission: [id], attempt: [String(attempt)] },
    },
    ...SAYS[eventType](to, at),
  });

const SAYS: Readonly<Record<EventType, (to: string, at: string) => object>> = {
  Send: () => ({ send: {} }),
  Reject: () => ({ reject: { reason: 'Bad content' } }),
  Delivery: (to, at) => ({ delivery: { timestamp: at, recipients: [to] } }),
  DeliveryDelay: (to, at) => ({
    deliveryDelay: { timestamp: at, delayedRecipients: [{ emailAddress: to }] },
  }),
  Bounce: (to, at) => ({
    bounce: {
      timestamp: at,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: to, action: 'failed', status: '5.1.1' }],
    },
  }),
  Complaint: (to, at) => ({
    complaint: { timestamp: at, complainedRecipients: [{ emailAddress: to }] },
  }),
};
