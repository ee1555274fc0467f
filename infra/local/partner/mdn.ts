import { domainOf, type DirectAddress } from '../../../shared/ids.ts';
import { headerLine } from '../../../shared/secure/mime/header-line.ts';
import type { NoticeForm } from './notice-form.ts';
import { printable, reportMail, type ReportMail } from './report-mail.ts';

export type NoticeKind = 'processed' | 'dispatched' | 'failed';

export interface MdnAbout {
  readonly kind: NoticeKind;
  /** For whom the notice speaks; it is also its From. */
  readonly recipient: DirectAddress;
  /** Disposition-Notification-To of the message, else its From. */
  readonly to: DirectAddress;
  /** Message-ID of the message as it stands there, brackets included. */
  readonly originalMessageId: string;
  readonly originalSubject: string;
  readonly date: Date;
  readonly form?: NoticeForm | undefined;
}

const TITLES = { processed: 'Processed', dispatched: 'Dispatched', failed: 'Failed' } as const;

const TEXTS = {
  processed: 'Your message was decrypted and its sender is trusted.',
  dispatched: 'Your message was put into the mailbox of the recipient.',
  failed: 'Your message could not be put into the mailbox of the recipient.',
} as const;

/**
 * A delivery notice of the recipient's agent, with one `;` in the disposition. A dispatched notice carries the extension
 * field that the sender asked for, in the report and not in the disposition.
 */
export const buildMdn = (about: MdnAbout): ReportMail =>
  reportMail({
    from: about.recipient,
    to: about.to,
    date: about.date,
    subject: `${TITLES[about.kind]}: ${printable(about.originalSubject)}`,
    reportType: 'disposition-notification',
    text: TEXTS[about.kind],
    report: reportOf(about),
    form: about.form,
  });

function reportOf({ kind, recipient, originalMessageId, form }: MdnAbout): string {
  return [
    headerLine('Reporting-UA', `${domainOf(recipient)}; Partner HISP`),
    headerLine('Final-Recipient', `rfc822; ${recipient}`),
    headerLine('Original-Message-ID', originalMessageId),
    kind === 'dispatched' ? 'X-DIRECT-FINAL-DESTINATION-DELIVERY:\r\n' : '',
    dispositionLine(kind, form),
  ]
    .map((line) => shaped(line, form))
    .join('');
}

const MODE = 'automatic-action/MDN-sent-automatically';

function dispositionLine(kind: NoticeKind, form: MdnAbout['form']): string {
  if (form === 'no-disposition') return '';
  if (form === 'spaces-in-disposition') return `Disposition:  ${MODE} ;  ${kind} \r\n`;
  return headerLine('Disposition', `${MODE};${form === 'space-before-type' ? ' ' : ''}${kind}`);
}

function shaped(line: string, form: MdnAbout['form']): string {
  if (form === 'spaces-before-colons') return line.replace(':', ' :');
  return form === 'folded-fields' ? line.replaceAll(/([:;]) ?(?=[^\s])/g, '$1\r\n ') : line;
}
