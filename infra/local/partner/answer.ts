import { smtpRelay } from '../../../shared/adapters/smtp-relay.ts';
import { parseDirectAddress, type DirectAddress, type MessageId } from '../../../shared/ids.ts';
import { done, type Outcome } from '../../../shared/outcome.ts';
import { trust } from '../../../shared/trust/trust.ts';
import type { JudgePorts } from './judge.ts';
import { noticeMail, type Answer } from './notice.ts';
import type { OpenedContents } from './received-message.ts';

export interface AnswerPorts extends JudgePorts {
  /** Certificates of an address, DER; none when none are found. */
  readonly lookup: (address: DirectAddress) => Promise<readonly Uint8Array[]>;
  /** host:port at which the sender takes mail. */
  readonly replyTo: string;
}

/** What became of one notice. */
export interface SentNotice {
  readonly kind: Answer['says'];
  readonly recipient: string;
  readonly outcome: Outcome<MessageId>;
}

/**
 * Sends one notice as a Direct message of its own: signed by the partner, encrypted to the certificates that are
 * published for the address that wants it. Where none is found and trusted nothing is sent, as with any message.
 */
export async function sendNotice(
  answer: Answer,
  recipient: DirectAddress,
  contents: OpenedContents,
  ports: AnswerPorts,
): Promise<SentNotice> {
  return { kind: answer.says, recipient, outcome: await send(answer, recipient, contents, ports) };
}

async function send(
  answer: Answer,
  recipient: DirectAddress,
  { answerTo, messageId: originalMessageId, subject: originalSubject }: OpenedContents,
  { lookup, identity, anchors, now, replyTo }: AnswerPorts,
): Promise<Outcome<MessageId>> {
  const to = parseDirectAddress(answerTo);
  if (!to.ok) return to;
  const date = now();
  const trusted = await trust(to.value, await lookup(to.value), 'encryption', {
    anchors,
    now: date,
  });
  if (!trusted.outcome.ok) return trusted.outcome;

  const about = { recipient, to: to.value, originalMessageId, originalSubject, date };
  const certificates = trusted.outcome.value.certificates.map(({ der }) => der);
  const { mailFrom, messageId, bytes } = await noticeMail(answer, about, identity, certificates);
  // A relay of ours never has a null sender; a notice may.
  const from = mailFrom as DirectAddress;
  const submitted = await smtpRelay(`smtp://${replyTo}`, { keptConnections: 0 }).submit({
    from,
    to: to.value,
    bytes,
  });
  return submitted.ok ? done(messageId) : submitted;
}
