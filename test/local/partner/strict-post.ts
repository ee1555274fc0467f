import { judge } from '../../../infra/local/partner/judge.ts';
import type { ReceivedMessage } from '../../../infra/local/partner/received-message.ts';
import { readCertificate } from '../../../shared/trust/certificate.ts';
import { encryptEntity, signEntity } from '../../secure/support/entities.ts';
import { valueOf } from '../../secure/support/people.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../../support/pki.ts';

/** A message to a strict partner, put together layer by layer, each of which a test may exchange. */

export const SENDER = 'records@holder.example';
export const RECIPIENT = 'berg@clinic.example';

export const authority = await cachedAuthority();
export const sender = await issueQuickly(authority, { address: SENDER });
export const clinic = await issueQuickly(authority, {
  domain: 'clinic.example',
  keys: await cachedKeys('clinic'),
});

export const INNER = [
  `From: <${SENDER}>`,
  `To: <${RECIPIENT}>`,
  'Message-ID: <abc@holder.example>',
  'Subject: XDM/1.0/DDM',
  'Content-Type: text/plain',
  '',
  'Here it is.',
  '',
].join('\r\n');

export const OUTSIDE = `From: <${SENDER}>\r\nTo: <${RECIPIENT}>\r\nMIME-Version: 1.0\r\n`;

export const wrapped = (inner: string, header = ''): Buffer =>
  Buffer.from(`Content-Type: message/rfc822\r\n${header}\r\n${inner}`, 'latin1');

export const signed = (entity: Uint8Array, signer: Issued = sender): Promise<Uint8Array> =>
  signEntity(entity, signer, new Date());

export const encrypted = (entity: Uint8Array): Uint8Array =>
  encryptEntity(entity, [clinic.certificate], {}, OUTSIDE);

/** As we would send it, but for what is in it and who signs it. */
export const sealed = async (inner: string, signer: Issued = sender): Promise<Uint8Array> =>
  encrypted(await signed(wrapped(inner), signer));

export const replaced = (bytes: Uint8Array, what: string | RegExp, by: string): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replace(what, by), 'latin1');

export interface Posting {
  readonly mailFrom?: string;
  readonly recipients?: readonly string[];
  readonly mode?: 'normal' | 'strict';
}

/** What the partner makes of it. */
export const judged = (
  raw: Uint8Array,
  { mailFrom = SENDER, recipients = [RECIPIENT], mode = 'strict' }: Posting = {},
): Promise<ReceivedMessage> =>
  judge(
    raw,
    { mailFrom, recipients },
    {
      mode,
      identity: clinic,
      anchors: [valueOf(readCertificate(authority.certificate))],
      now: () => new Date(),
    },
  );
