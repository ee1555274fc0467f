import { domainOf, type DirectAddress } from '../../../shared/ids.ts';
import { headerLine } from '../../../shared/secure/mime/header-line.ts';
import type { Answered } from './notice.ts';
import type { NoticeForm } from './notice-form.ts';
import { printable, reportMail, type ReportMail } from './report-mail.ts';

export interface DsnAbout extends Answered {
  readonly says: 'undeliverable' | 'delivered';
  readonly form?: NoticeForm | undefined;
}

const SAID = {
  undeliverable: { title: 'Undeliverable', action: 'failed', status: '5.1.1' },
  delivered: { title: 'Delivered', action: 'delivered', status: '2.0.0' },
} as const;

/** What the mail server of the recipient's side says of a copy; it comes from its postmaster. */
export function buildDsn(about: DsnAbout): ReportMail {
  const { recipient, to, date, originalSubject } = about;
  const { title } = SAID[about.says];
  return reportMail({
    from: `postmaster@${domainOf(recipient)}` as DirectAddress,
    to,
    date,
    subject: `${title}: ${printable(originalSubject)}`,
    reportType: 'delivery-status',
    text: `${title}.`,
    report: reportOf(about),
  });
}

function reportOf({ says, recipient, originalMessageId, form }: DsnAbout): string {
  // As the certification tool writes it.
  const oneBlock = form === 'one-block';
  const { action, status } = SAID[says];
  return [
    headerLine('Reporting-MTA', `dns; ${domainOf(recipient)}`),
    headerLine(oneBlock ? 'Original-Envelope-ID' : 'X-Original-Message-ID', originalMessageId),
    oneBlock ? headerLine('Original-Recipient', `rfc822; ${recipient}`) : '\r\n',
    headerLine('Final-Recipient', `rfc822; ${recipient}`),
    headerLine('Action', action),
    headerLine('Status', status),
  ].join('');
}
