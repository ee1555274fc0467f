import type { FailureTable } from './failures.ts';

/** Refusals of what comes back about a copy, and of what does not come. */
export const NOTIFICATION_FAILURES = {
  'notification/hisp-silent': {
    retry: false,
    status: 504,
    says: 'The mail service that took the copy to the recipient did not say in time what became of it.',
    actor: 'recipient',
    remedy: 'Ask the organisation that runs the mail service; the copy may have arrived.',
  },
  'notification/not-processed': {
    retry: false,
    status: 504,
    says: "The recipient's mail service did not confirm the message in time.",
    actor: 'recipient',
    remedy:
      'Ask the recipient whether the message arrived; ask their mail service why it did not answer.',
  },
  'notification/no-final-confirmation': {
    retry: false,
    status: 504,
    says: "The message reached the recipient's mail service, but its arrival in the mailbox was not confirmed in time.",
    actor: 'recipient',
    remedy: 'Ask the recipient whether the message arrived.',
  },
  'notification/recipient-failed': {
    retry: false,
    status: 502,
    says: "The recipient's mail service said that it could not deliver the message.",
    actor: 'recipient',
    remedy: 'Check the address with the recipient.',
  },
  'notification/not-a-notice': {
    retry: false,
    status: 422,
    says: 'The message is not a delivery notice.',
    actor: 'operator',
    remedy: 'Nothing: ordinary mail to the sending address is not read.',
  },
  'notification/no-message-id': {
    retry: false,
    status: 422,
    says: 'The notice does not say which message it is about.',
    actor: 'recipient',
    remedy: 'Send Original-Message-ID.',
  },
  'notification/unknown-message': {
    retry: false,
    status: 404,
    says: 'The notice is about a message that was not sent from here.',
    actor: 'operator',
    remedy: 'Nothing, unless it recurs.',
  },
  'notification/wrong-recipient': {
    retry: false,
    status: 422,
    says: 'The notice speaks for another recipient.',
    actor: 'operator',
    remedy: 'Look who sent it: it may be forged.',
  },
  'notification/for-another': {
    retry: false,
    status: 422,
    says: 'The notice was written to somebody else than the sender of the message.',
    actor: 'operator',
    remedy: 'Look who sent it: it may answer another message under the same Message-ID.',
  },
  'notification/too-large': {
    retry: false,
    status: 413,
    says: 'The notice is longer, deeper or about more recipients than is read.',
    actor: 'recipient',
    remedy: 'Send an ordinary delivery notice.',
  },
  'notification/unauthenticated': {
    retry: false,
    status: 403,
    says: 'The notice is not signed, and it did not come on a way on which that can be forgiven.',
    actor: 'operator',
    remedy: 'Nothing: anybody can write such a mail.',
  },
  'notification/auto-reply': {
    retry: false,
    status: 422,
    says: 'The message is an automatic reply or a receipt of reading; it says nothing of delivery.',
    actor: 'operator',
    remedy: 'Nothing.',
  },
  'notification/bad-event': {
    retry: false,
    status: 422,
    says: 'The event of the mail relay cannot be read.',
    actor: 'operator',
    remedy: 'See who else writes to the topic of the relay.',
  },
  'notification/too-many': {
    retry: false,
    status: 429,
    says: 'More notices came about this copy than are kept.',
    actor: 'operator',
    remedy: 'Ask the mail service of the recipient why it keeps answering.',
  },
} as const satisfies FailureTable;
