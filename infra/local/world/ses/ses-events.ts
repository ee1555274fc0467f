import { randomUUID } from 'node:crypto';
import type { Outcome } from '../../../../shared/outcome.ts';
import type { RawEmail } from './ses-request.ts';

/** As the template lists what a configuration set tells, and as an event calls itself. */
export const EVENT_TYPES = {
  send: 'Send',
  reject: 'Reject',
  bounce: 'Bounce',
  delivery: 'Delivery',
} as const;

export type SesEventKind = keyof typeof EVENT_TYPES;

/** An email that SES took, under the id that it gave. */
export interface TakenEmail extends RawEmail {
  readonly messageId: string;
}

/** What SES publishes: the mail, and what became of it. */
export const sesEvent = (kind: SesEventKind, email: TakenEmail, body: object): object => ({
  eventType: EVENT_TYPES[kind],
  mail: mailOf(email),
  [kind]: body,
});

function mailOf({ messageId, source, destinations, tags, configurationSet }: TakenEmail): object {
  const own = Object.entries(tags).map(([name, value]) => [name, [value]] as const);
  return {
    timestamp: new Date().toISOString(),
    source,
    sendingAccountId: '000000000000',
    messageId,
    destination: destinations,
    headersTruncated: false,
    headers: [],
    commonHeaders: {},
    tags: {
      'ses:operation': ['SendRawEmail'],
      ...(configurationSet && { 'ses:configuration-set': [configurationSet] }),
      ...Object.fromEntries(own),
    },
  };
}

/** What the next hop said of one destination, as an event tells it. What it put off is given up at once: time is short here. */
export function eventOfAnswer(to: string, email: TakenEmail, answer: Outcome<unknown>): object {
  const timestamp = new Date().toISOString();
  if (answer.ok) {
    const smtpResponse = '250 2.0.0 Ok';
    return sesEvent('delivery', email, { timestamp, recipients: [to], smtpResponse });
  }
  const [, reply = '550', status = '5.0.0'] =
    /^SMTP (\d{3})(?: (\d\.\d{1,3}\.\d{1,3}))?/.exec(answer.failure.detail ?? '') ?? [];
  return sesEvent('bounce', email, {
    timestamp,
    feedbackId: randomUUID(),
    bounceType: reply.startsWith('5') ? 'Permanent' : 'Transient',
    bounceSubType: 'General',
    reportingMTA: 'dsn; a1-1.smtp-out.amazonses.com',
    bouncedRecipients: [
      { emailAddress: to, action: 'failed', status, diagnosticCode: `smtp; ${reply}` },
    ],
  });
}
