import type { DirectAddress, MessageId } from '../../shared/ids.ts';
import type { Channel } from '../../shared/notification/channel.ts';
import type { HispVoice } from '../../shared/notification/hisp-voice.ts';
import { receive } from '../../shared/notification/receive.ts';
import type { SigningIdentity } from '../../shared/secure/keys.ts';
import { readMime } from '../../shared/secure/mime.ts';
import { secureBytes } from '../../shared/secure/secure.ts';
import type { Fact } from '../../shared/transmission/facts.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { SENDER } from '../lambdas/http-world.ts';
import { valueOf } from '../secure/support/people.ts';
import { messageIdIn } from '../support/memory/partner.ts';
import { discharge, readyToShare } from '../support/one-record.ts';
import { cachedKeys, issueQuickly } from '../support/pki.ts';
import { RECIPIENT } from '../support/whole-path.ts';

export const DOMAIN = 'direct.clinic.example';
/** A HISP that speaks for every copy that a HISP was given. */
export const HISP: HispVoice = { name: 'hisp' };
const DATE = new Date('2026-11-22T12:00:00Z');

export interface Mdn {
  readonly from?: string;
  readonly finalRecipient?: string;
  readonly originalRecipient?: string;
  readonly says?: string;
  readonly about?: string;
  /** More lines of the report. */
  readonly more?: readonly string[];
}

export interface Dsn {
  readonly from?: string;
  /** Lines of the block of the message. */
  readonly message?: readonly string[];
  /** Lines of each recipient's block. */
  readonly recipients?: readonly (readonly string[])[];
}

export const reportMail = (
  from: string,
  type: 'disposition-notification' | 'delivery-status',
  lines: readonly string[],
): string =>
  [
    `From: ${from}`,
    `To: ${SENDER}`,
    'Message-ID: <notice@direct.clinic.example>',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type}; boundary=b`,
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'For people.',
    '--b',
    `Content-Type: message/${type}`,
    '',
    ...lines,
    '',
    '--b--',
    '',
  ].join('\r\n');

/**
 * A copy that was sent and of which nothing was heard, and those who may say something of it.
 *
 * @param form `clear`: it was given to somebody else's HISP
 */
export async function noticeWorld(form: 'sealed' | 'clear' = 'sealed') {
  const path = await readyToShare();
  path.relay.form = form;
  await discharge(path);
  const keys = await cachedKeys('service');
  const service = await issueQuickly(path.anchor, { domain: DOMAIN, keys });
  const sent = path.relay.taken[0]!;
  const about = messageIdIn(
    form === 'clear' ? { innerEntity: valueOf(readMime(sent.bytes)) } : path.partner.open(sent),
  );
  const found = await path.ports.ledger.byName(about);
  if (!found.ok) throw new Error(found.failure.code);
  const history = async (): Promise<History> => {
    const read = await path.ports.ledger.read(found.value);
    if (!read.ok) throw new Error(read.failure.code);
    return read.value;
  };

  const intent = (await history()).facts.find((fact) => fact.kind === 'intent');
  /** What the last of its facts is now, or why nothing was heard. */
  const hear = async (raw: Uint8Array, channel: Channel = 'open'): Promise<string> => {
    const heard = await receive(raw, channel, path.ports);
    return heard.ok ? heard.value.history.facts.at(-1)!.kind : heard.failure.code;
  };

  const signed = async (message: string, signer: SigningIdentity, outer = authorIn(message)) => {
    const outside = { to: SENDER as DirectAddress, date: DATE, messageId: 'n@clinic' as MessageId };
    const inner = Buffer.from(message, 'latin1');
    const from = outer as DirectAddress;
    const { certificate } = path.holder;
    return (await secureBytes({ ...outside, from, inner }, signer, [certificate])).bytes;
  };

  return {
    path,
    service,
    about,
    envelopeId: String(intent?.envelopeId),
    history,
    facts: async (): Promise<readonly Fact[]> => (await history()).facts,
    hear,
    signed,
    /** A mail that nobody signed. */
    hearPlain: (message: string, channel?: Channel) =>
      hear(Buffer.from(message, 'latin1'), channel),
    /** A mail as it comes, signed and encrypted. */
    hearSigned: async (message: string, signer: SigningIdentity = service, outer?: string) =>
      hear(await signed(message, signer, outer)),
    mdn: ({ from, finalRecipient, originalRecipient, ...rest }: Mdn = {}): string =>
      reportMail(from ?? finalRecipient ?? RECIPIENT, 'disposition-notification', [
        ...(originalRecipient === undefined
          ? []
          : [`Original-Recipient: rfc822; ${originalRecipient}`]),
        `Final-Recipient: rfc822; ${finalRecipient ?? RECIPIENT}`,
        `Original-Message-ID: <${rest.about ?? about}>`,
        `Disposition: automatic-action/MDN-sent-automatically; ${rest.says ?? 'processed'}`,
        ...(rest.more ?? []),
      ]),
    dsn: ({ from = `postmaster@${DOMAIN}`, message, recipients }: Dsn = {}): string =>
      reportMail(from, 'delivery-status', [
        'Reporting-MTA: dns; mx.clinic.example',
        ...(message ?? [`X-Original-Message-ID: <${about}>`]),
        ...(recipients ?? [failedFor(RECIPIENT)]).flatMap((lines) => ['', ...lines]),
      ]),
  };
}

export type NoticeWorld = Awaited<ReturnType<typeof noticeWorld>>;

/** A recipient's block. */
export const failedFor = (address: string): readonly string[] => [
  `Final-Recipient: rfc822; ${address}`,
  'Action: failed',
  'Status: 5.1.1',
];

const authorIn = (message: string): string => /^From: <?([^>\r]*)>?\r/.exec(message)?.[1] ?? '';
