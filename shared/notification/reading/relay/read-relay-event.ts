import { parseTransmissionId } from '../../../ids.ts';
import { done, fail, type Outcome } from '../../../outcome.ts';
import { SES_EVENT_TYPES, type Reading, type SesEventType, type Telling } from '../../reading.ts';
import { blockOf } from '../mail/field-blocks.ts';
import { idsIn } from '../names.ts';
import { ordinaryMail } from '../ordinary-mail.ts';
import { tellingOf } from '../telling.ts';
import { openEnvelopes } from './envelopes.ts';
import { ReceivedMail, RelayEvent } from './event-shape.ts';
import { recipientsOf } from './recipients.ts';

/** The most that SNS and SQS carry. */
const LONGEST_CHARACTERS = 1024 * 1024;

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
  const opened = openEnvelopes(text);
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
      ids: idsOf(mail),
      recipients,
      ...(type && { event: type }),
      ...tagsOf(mail),
    },
    occasion?.feedbackId ?? occasion?.timestamp ?? '',
  );
}

/** The relay's own id, and the one that the mail was given to it with. */
const idsOf = ({ messageId, commonHeaders, headers }: EventMail): readonly string[] => [
  ...idsIn(messageId),
  ...idsIn(commonHeaders?.messageId ?? undefined),
  ...idsIn(headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value),
];

/** The tags that a copy is given to the relay with. */
function tagsOf({ tags }: EventMail): Pick<Telling, 'transmission' | 'attempt'> {
  const transmission = parseTransmissionId(tags?.['transmission']?.[0] ?? '');
  const attempt = /^\d{1,6}$/.exec(tags?.['attempt']?.[0] ?? '')?.[0];
  return {
    ...(transmission.ok && { transmission: transmission.value }),
    ...(attempt !== undefined && { attempt: Number(attempt) }),
  };
}
