import * as z from 'zod';

/** Of an address SES has at most 320 characters; with a display name, some more. */
const Text = z.string().max(2000);

const Recipient = z.object({
  emailAddress: Text,
  action: Text.nullish(),
  status: Text.nullish(),
});

const Field = z.object({ name: Text, value: z.string() });

/** What SES says of the mail in each event. */
const MailOfEvent = z.object({
  messageId: Text,
  destination: z.array(Text).nullish(),
  headers: z.array(Field).nullish(),
  commonHeaders: z.object({ messageId: Text.nullish() }).nullish(),
  tags: z.record(z.string(), z.array(z.string())).nullish(),
});

/** When it happened and, of bounces and complaints, its own id: repeats of an event have the same. */
const Occasion = z.object({ timestamp: Text.nullish(), feedbackId: Text.nullish() });

/** An event of a configuration set has `eventType` and tags, a notification of an identity `notificationType`. */
export const RelayEvent = z.object({
  eventType: Text.nullish(),
  notificationType: Text.nullish(),
  mail: MailOfEvent,
  bounce: Occasion.extend({
    bounceType: Text,
    bounceSubType: Text.nullish(),
    bouncedRecipients: z.array(Recipient),
  }).nullish(),
  complaint: Occasion.extend({ complainedRecipients: z.array(Recipient) }).nullish(),
  delivery: Occasion.extend({ recipients: z.array(Text) }).nullish(),
  deliveryDelay: Occasion.extend({ delayedRecipients: z.array(Recipient) }).nullish(),
});

export type RelayEvent = z.infer<typeof RelayEvent>;

/** What SES gives a function that a receipt rule calls: mail that came, of which only the header is there. */
export const ReceivedMail = z.object({
  Records: z.tuple([
    z.object({ eventSource: z.literal('aws:ses'), ses: z.object({ mail: MailOfEvent }) }),
  ]),
});

/** SNS puts its message into an envelope, as a text, unless told otherwise. */
export const SnsEnvelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

export const EventBridgeEnvelope = z.object({
  source: z.literal('aws.ses'),
  detail: z.looseObject({}),
});
