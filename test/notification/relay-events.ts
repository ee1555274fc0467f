import type { History } from '../../shared/transmission/transmission.ts';

export type EventType =
  'Send' | 'Delivery' | 'Bounce' | 'Reject' | 'DeliveryDelay' | 'Complaint' | 'Open';

export interface EventOf {
  /** The relay's own id. */
  readonly sesId?: string;
  /** Absent: it carries no tags. */
  readonly tags?: { readonly transmission: string };
  /** As its tag says, when it has tags. */
  readonly attempt?: number;
  readonly recipient: string;
  /** Message-ID in the header of the mail. */
  readonly messageId?: string;
  readonly at?: string;
}

/** An event of SES, as a configuration set publishes it. */
export function relayEvent(type: EventType, { sesId = 'ses-1', tags, ...rest }: EventOf) {
  const { recipient, messageId, attempt = 1, at = '2026-11-22T12:00:30Z' } = rest;
  const each = [{ emailAddress: recipient }];
  return {
    eventType: type,
    mail: {
      messageId: sesId,
      destination: [recipient],
      ...(messageId === undefined ? {} : { commonHeaders: { messageId: `<${messageId}>` } }),
      tags:
        tags === undefined ? {} : { transmission: [tags.transmission], attempt: [String(attempt)] },
    },
    ...PARTS[type](each, at),
  };
}

const PARTS: Readonly<
  Record<EventType, (each: readonly { readonly emailAddress: string }[], at: string) => object>
> = {
  Send: () => ({ send: {} }),
  Delivery: (each, timestamp) => ({
    delivery: { timestamp, recipients: each.map(({ emailAddress }) => emailAddress) },
  }),
  Bounce: (bouncedRecipients, timestamp) => ({
    bounce: {
      timestamp,
      feedbackId: `feedback ${timestamp}`,
      bounceType: 'Permanent',
      bounceSubType: 'NoEmail',
      bouncedRecipients,
    },
  }),
  Reject: () => ({ reject: { reason: 'Bad content' } }),
  DeliveryDelay: (delayedRecipients, timestamp) => ({
    deliveryDelay: { timestamp, delayType: 'MailboxFull', delayedRecipients },
  }),
  Complaint: (complainedRecipients, timestamp) => ({
    complaint: { timestamp, feedbackId: `complaint ${timestamp}`, complainedRecipients },
  }),
  Open: () => ({ open: {} }),
};

/** What events about a copy say, as the relay does that was given its tags. */
export const eventsAbout =
  ({ transmission: { id, address } }: History) =>
  (type: EventType, differing: Partial<EventOf> = {}) =>
    relayEvent(type, { tags: { transmission: id }, recipient: address, ...differing });
