import type { Envelope } from '../../shared/deliver/relay.ts';

/** As a mail server writes it that took the copy and could not pass it on: neither signed nor encrypted. */
export const relayDsn = ({ to, from, envelopeId = 'none' as never }: Envelope): Uint8Array =>
  Buffer.from(
    [
      'From: MAILER-DAEMON@relay.greenstreet.example',
      `To: ${from}`,
      'Auto-Submitted: auto-replied',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'I give up.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; relay.greenstreet.example',
      `Original-Envelope-Id: ${envelopeId}`,
      '',
      `Final-Recipient: rfc822; ${to}`,
      'Action: failed',
      'Status: 5.1.1',
      '--b--',
      '',
    ].join('\r\n'),
  );
