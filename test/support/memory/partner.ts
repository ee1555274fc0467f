import { answersTo, behaviourOf } from '../../../infra/local/partner/behaviour.ts';
import { noticeMail, type Answer } from '../../../infra/local/partner/notice.ts';
import type { Envelope } from '../../../shared/deliver/relay.ts';
import { parseDirectAddress, type DirectAddress, type MessageId } from '../../../shared/ids.ts';
import type { SigningIdentity } from '../../../shared/secure/keys.ts';
import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { headerOf } from '../../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';

/** What another organisation's mail service does with what the relay brought it: open it, and answer as it is told. */
export interface MemoryPartner {
  open(envelope: Envelope): OpenedMessage;
  /** The notices for a copy, each signed by `signer` and encrypted to its sender. */
  answers(
    envelope: Envelope,
    answers: readonly Answer[],
    date: Date,
    signer?: SigningIdentity,
  ): Promise<readonly Uint8Array[]>;
  /** What the mailbox to which a copy went answers with, by its name; without a name of that sort as anybody should. */
  answersFor(envelope: Envelope): readonly Answer[];
}

export function memoryPartner(
  identity: LocalIdentity,
  senderCertificate: Uint8Array,
): MemoryPartner {
  const open = ({ bytes }: Envelope): OpenedMessage => {
    const opened = openMessage(bytes, [identity]);
    if (!opened.ok) throw new Error(opened.failure.code);
    return opened.value;
  };
  return {
    open,
    answersFor: ({ to }) => answersTo(behaviourOf(to, 'answers'), true),
    async answers(envelope, answers, date, signer = identity) {
      const originalMessageId = headerOf(open(envelope).innerEntity, 'message-id') ?? '';
      const { to: recipient, from: to } = envelope;
      const about = { recipient, to, originalMessageId, originalSubject: '', date };
      const mails = answers.map((each) => noticeMail(each, about, signer, [senderCertificate]));
      return (await Promise.all(mails)).map(({ bytes }) => bytes);
    },
  };
}

export const messageIdIn = ({ innerEntity }: Pick<OpenedMessage, 'innerEntity'>): MessageId =>
  (headerOf(innerEntity, 'message-id') ?? '').replace(/^<|>$/g, '') as MessageId;

export function address(text: string): DirectAddress {
  const parsed = parseDirectAddress(text);
  if (!parsed.ok) throw new Error(parsed.failure.code);
  return parsed.value;
}
