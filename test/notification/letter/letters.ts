import type { DirectAddress, MessageId } from '../../../shared/ids.ts';
import type { SigningIdentity } from '../../../shared/secure/keys.ts';
import { headerOf } from '../../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';
import { secureBytes } from '../../../shared/secure/secure.ts';
import type { Differing } from '../../lambdas/http-world.ts';
import { SENDER } from '../../lambdas/http-world.ts';
import { RECIPIENT, wholePath, type WholePath } from '../../support/whole-path.ts';

const DATE = new Date('2026-11-22T12:00:00Z');

export interface LetterParts {
  readonly from?: string;
  readonly to?: string;
  readonly messageId?: string;
  /** More lines of the header. */
  readonly header?: readonly string[];
  readonly type?: string;
  readonly body?: readonly string[];
}

/** What a person writes to a sending address. */
export const letter = ({ from, to, messageId, header, type, body }: LetterParts = {}): string =>
  [
    `From: ${from ?? `<${RECIPIENT}>`}`,
    `To: ${to ?? `<${SENDER}>`}`,
    ...(messageId === '' ? [] : [`Message-ID: ${messageId ?? '<letter@direct.clinic.example>'}`]),
    'Subject: About the record of Ana Rivera',
    ...(header ?? []),
    `Content-Type: ${type ?? 'text/plain'}`,
    '',
    ...(body ?? ['Thank you. Whom may we call?']),
    '',
  ].join('\r\n');

/** As it comes: wrapped, signed, encrypted to us. */
export async function sealed(
  message: string,
  path: WholePath,
  signer: SigningIdentity = path.recipient,
  outer = RECIPIENT,
): Promise<Uint8Array> {
  const outside = {
    from: outer as DirectAddress,
    to: SENDER as DirectAddress,
    date: DATE,
    messageId: 'l@clinic' as MessageId,
  };
  const inner = Buffer.from(message, 'latin1');
  return (await secureBytes({ ...outside, inner }, signer, [path.holder.certificate])).bytes;
}

/** The system with somebody who writes to it. */
export async function letterWorld(differing: Differing = {}) {
  const path = await wholePath(differing);
  const opened = (): readonly OpenedMessage[] =>
    path.relay.taken.map(({ bytes }) => {
      const message = openMessage(bytes, [path.recipient]);
      if (!message.ok) throw new Error(message.failure.code);
      return message.value;
    });
  return {
    path,
    /** What was sent back so far, as the author of the letter reads it. */
    answers: (): readonly string[] =>
      opened().map(({ inner }) => Buffer.from(inner).toString('latin1')),
    kept: (): readonly string[] => path.mail.keys().filter((key) => key.startsWith('kept/')),
    /** What the log says of the mail that came last. */
    said: (): readonly [event: string, code: string | undefined] => {
      const lines = path.lines.map((line) => JSON.parse(line) as Record<string, string>);
      const last = lines.findLast(({ event = '' }) => /^(letter|notice)-/.test(event));
      return [last?.['event'] ?? '', last?.['code']];
    },
    arrives: async (message: string, signer?: SigningIdentity, outer?: string): Promise<void> =>
      path.deliverMail(await sealed(message, path, signer, outer)),
    subjects: (): readonly (string | undefined)[] =>
      opened().map(({ innerEntity }) => headerOf(innerEntity, 'subject')),
  };
}
