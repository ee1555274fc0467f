import { parseTransmissionId } from '../../../ids.ts';
import { done, fail, type Outcome } from '../../../outcome.ts';
import {
  SES_EVENT_TYPES,
  type Reading,
  type RecipientTelling,
  type SesEventType,
  type Telling,
} from '../../reading.ts';
import { addressIn } from '../addresses.ts';
import { blockOf } from '../field-blocks.ts';
import { namesIn } from '../names.ts';
import { ordinaryMail } from '../ordinary-mail.ts';
import { statusIn } from '../status-codes.ts';
import { tellingOf } from '../telling.ts';
import { codeOfBounce } from './bounce-codes.ts';
import { EventBridgeEnvelope, ReceivedMail, RelayEvent, SnsEnvelope } from './event-shape.ts';

/** The most that SNS and SQS carry. */
const LONGEST_CHARACTERS = 1024 * 1024;
/** EventBridge in SNS is as deep as it gets. */
const MOST_ENVELOPES = 3;

type EventMail = RelayEvent['mail'];

/**
 * Reads an event of Amazon SES: as it is published, in the envelope of SNS, or as EventBridge shapes it. Mail that SES
 * received is told from events about mail that it sent, and is ordinary mail.
 *
 * @param text JSON, of anybody
 * @failure notification/bad-event, notification/too-large
 */
export function readRelayEvent(text: string): Outcome<Reading> {
  if (text.length > LONGEST_CHARACTERS) return fail('notification/too-large');
  const opened = opens(text, MOST_ENVELOPES);
  const received = ReceivedMail.safeParse(opened);
  if (received.success) return done(receivedMail(received.data.Records[0].ses.mail));
  const event = RelayEvent.safeParse(opened);
  if (!event.success) return fail('notification/bad-event');
  const type = event.data.eventType ?? event.data.notificationType ?? '';
  if (type === 'Received') return done(receivedMail(event.data.mail));
  if (type === '') return fail('notification/bad-event');
  return tell(
    SES_EVENT_TYPES.find((each) => each === type),
    event.data,
  );
}

/** What is inside of all envelopes; undefined when it is no JSON. */
function opens(text: string, envelopes: number): unknown {
  const value = jsonIn(text);
  const bridged = EventBridgeEnvelope.safeParse(value);
  if (bridged.success) return bridged.data.detail;
  const published = SnsEnvelope.safeParse(value);
  return published.success && envelopes > 0 ? opens(published.data.Message, envelopes - 1) : value;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const receivedMail = ({ headers }: EventMail): Reading =>
  ordinaryMail({
    header: blockOf((headers ?? []).map(({ name, value }) => [name, value])),
    type: 'text/plain',
    reportType: undefined,
    parts: [],
  });

function tell(type: SesEventType | undefined, event: RelayEvent): Outcome<Telling> {
  const recipients = recipientsOf(type, event);
  if (!recipients) return fail('notification/bad-event');
  const { mail, bounce, complaint, delivery, deliveryDelay } = event;
  const occasion = bounce ?? complaint ?? delivery ?? deliveryDelay;
  return tellingOf(
    {
      kind: type === 'Complaint' ? 'complaint' : 'ses-event',
      isReport: true,
      names: namesOf(mail),
      recipients,
      ...(type && { event: type }),
      ...tagsOf(mail),
    },
    occasion?.feedbackId ?? occasion?.timestamp ?? '',
  );
}

/** The relay's own id, and the one that the mail was given to it with. */
const namesOf = ({ messageId, commonHeaders, headers }: EventMail): Telling['names'] => [
  ...namesIn(messageId),
  ...namesIn(commonHeaders?.messageId ?? undefined),
  ...namesIn(headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value),
];

/** @returns undefined when the event lacks what its type says of it */
function recipientsOf(
  type: SesEventType | undefined,
  event: RelayEvent,
): readonly RecipientTelling[] | undefined {
  const { mail, bounce, complaint, delivery, deliveryDelay } = event;
  const everybody = (mail.destination ?? []).map((emailAddress) => ({ emailAddress }));
  switch (type) {
    case 'Bounce': {
      const code = codeOfBounce(bounce?.bounceSubType);
      return bounce?.bouncedRecipients.map((each) => told(each, { outcome: 'failed', code }));
    }
    case 'Reject':
      return everybody.map((each) =>
        told(each, { outcome: 'failed', code: 'deliver/bad-content' }),
      );
    case 'Delivery':
      return delivery?.recipients.map((each) =>
        told({ emailAddress: each }, { outcome: 'delivered' }),
      );
    case 'DeliveryDelay':
      return deliveryDelay?.delayedRecipients.map((each) => told(each, { outcome: 'delayed' }));
    case 'Complaint':
      return complaint?.complainedRecipients.map((each) => told(each, { outcome: 'none' }));
    case 'Send':
    case 'Rendering Failure':
      return everybody.map((each) => told(each, { outcome: 'none' }));
    default:
      return [];
  }
}

interface Named {
  readonly emailAddress: string;
  readonly action?: string | null | undefined;
  readonly status?: string | null | undefined;
}

function told(
  { emailAddress, action, status: said }: Named,
  outcome: Pick<RecipientTelling, 'outcome' | 'code'>,
): RecipientTelling {
  const address = addressIn(emailAddress);
  const status = statusIn(said ?? undefined);
  return {
    ...(address && { address }),
    final: false,
    ...(action === 'failed' && { action }),
    ...(status !== undefined && { status }),
    ...outcome,
  };
}

/** The tags that a copy is given to the relay with. */
function tagsOf({ tags }: EventMail): Pick<Telling, 'transmission' | 'attempt'> {
  const transmission = parseTransmissionId(tags?.['transmission']?.[0] ?? '');
  const attempt = /^\d{1,6}$/.exec(tags?.['attempt']?.[0] ?? '')?.[0];
  return {
    ...(transmission.ok && { transmission: transmission.value }),
    ...(attempt !== undefined && { attempt: Number(attempt) }),
  };
}
