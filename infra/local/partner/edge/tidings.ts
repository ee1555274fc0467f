import { randomUUID } from 'node:crypto';
import {
  domainOf,
  parseDirectAddress,
  type DirectAddress,
  type MessageId,
} from '../../../../shared/ids.ts';
import { dispositionXdr } from '../../../../shared/package/xdr/disposition.ts';
import { answersTo, type Behaviour } from '../behaviour.ts';
import { writtenNotice, type Answer } from '../notice.ts';
import type { HandedCopy } from './handed-over.ts';

/** What a HISP tells its customer of a copy, and how. */
export interface Tidings {
  readonly by: 'mail' | 'xdr';
  readonly says: Answer['says'];
  /** A mail, or an XDR request as an entity. */
  readonly bytes: Uint8Array;
}

/** @param customer to whom it is told, the sender of the copy */
export function tidingsOf(
  copy: HandedCopy,
  recipient: string,
  behaviour: Behaviour,
): readonly Tidings[] {
  const from = parseDirectAddress(recipient);
  const customer = parseDirectAddress(copy.message?.answerTo ?? copy.from ?? '');
  if (!from.ok || !customer.ok) return [];
  const answers = toldOf(answersTo(behaviour, asksForDispatched(copy)));
  return copy.request
    ? byXdr(copy, answers, from.value, customer.value)
    : answers.map((answer) => byMail(copy, answer, from.value, customer.value));
}

/** That another HISP has processed it is its own affair as soon as it can say more. */
const toldOf = (answers: readonly Answer[]): readonly Answer[] =>
  answers.length > 1 ? answers.filter(({ says }) => says !== 'processed') : answers;

const asksForDispatched = ({ message, request }: HandedCopy): boolean =>
  message?.asksForDispatched ?? request?.addressing.wantsFinalDelivery ?? false;

function byMail(
  { messageId, message }: HandedCopy,
  answer: Answer,
  recipient: DirectAddress,
  to: DirectAddress,
): Tidings {
  const { bytes } = writtenNotice(answer, {
    recipient,
    to,
    originalMessageId: messageId,
    originalSubject: message?.subject ?? '',
    date: new Date(),
  });
  return { by: 'mail', says: answer.says, bytes };
}

const ENDS: Readonly<Record<Answer['says'], 'success' | 'failure' | undefined>> = {
  processed: undefined,
  dispatched: 'success',
  delivered: 'success',
  failed: 'failure',
  undeliverable: 'failure',
};

/** XDR knows two words for it, and both are the last one. */
function byXdr(
  { messageId: relatesTo }: HandedCopy,
  answers: readonly Answer[],
  recipient: DirectAddress,
  to: DirectAddress,
): readonly Tidings[] {
  return answers.flatMap(({ says }) => {
    const disposition = ENDS[says];
    if (!disposition) return [];
    const messageId = `${randomUUID()}@${domainOf(recipient)}` as MessageId;
    const how = { messageId, relatesTo, from: recipient, to, endpoint: 'urn:direct-transmit' };
    return [{ by: 'xdr', says, bytes: dispositionXdr({ recipient, disposition }, how) }];
  });
}
