import { buildMdn, type NoticeKind } from '../../../infra/local/partner/mdn.ts';
import type { Envelope } from '../../../shared/deliver/relay.ts';
import { parseDirectAddress, type DirectAddress, type MessageId } from '../../../shared/ids.ts';
import type { SigningIdentity } from '../../../shared/secure/keys.ts';
import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { headerOf } from '../../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';
import { secureBytes } from '../../../shared/secure/secure.ts';

/** What another organisation's mail service does with what the relay brought it: open it, and answer as it is told. */
export interface MemoryPartner {
  open(envelope: Envelope): OpenedMessage;
  /** The notices for a copy, each signed by `signer` and encrypted to its sender. */
  answers(
    envelope: Envelope,
    kinds: readonly NoticeKind[],
    date: Date,
    signer?: SigningIdentity,
  ): Promise<readonly Uint8Array[]>;
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
    async answers(envelope, kinds, date, signer = identity) {
      const originalMessageId = headerOf(open(envelope).innerEntity, 'message-id') ?? '';
      const { to: recipient, from } = envelope;
      const answered = kinds.map(async (kind) => {
        const about = { kind, recipient, to: from, originalMessageId, originalSubject: '', date };
        const { messageId, bytes: inner } = buildMdn(about);
        const outside = { from: recipient, to: from, date, messageId };
        return (await secureBytes({ ...outside, inner }, signer, [senderCertificate])).bytes;
      });
      return Promise.all(answered);
    },
  };
}

export const messageIdIn = ({ innerEntity }: OpenedMessage): MessageId =>
  (headerOf(innerEntity, 'message-id') ?? '').replace(/^<|>$/g, '') as MessageId;

export function address(text: string): DirectAddress {
  const parsed = parseDirectAddress(text);
  if (!parsed.ok) throw new Error(parsed.failure.code);
  return parsed.value;
}
