import { describe, expect, test } from '@jest/globals';
import { buildMdn, type MdnAbout } from '../../../infra/local/partner/mdn.ts';
import type { DirectAddress } from '../../../shared/ids.ts';

const ABOUT: MdnAbout = {
  kind: 'processed',
  recipient: 'berg@clinic.example' as DirectAddress,
  to: 'records@holder.example' as DirectAddress,
  originalMessageId: '<abc@holder.example>',
  originalSubject: 'XDM/1.0/DDM Health record',
  date: new Date('2026-01-02T03:04:05Z'),
};

const linesOf = (about: Partial<MdnAbout>): readonly string[] =>
  Buffer.from(buildMdn({ ...ABOUT, ...about }).bytes)
    .toString('ascii')
    .split('\r\n');

const reportOf = (about: Partial<MdnAbout>): readonly string[] => {
  const lines = linesOf(about);
  const start = lines.indexOf('Content-Type: message/disposition-notification') + 2;
  return lines.slice(start, lines.indexOf('', start));
};

describe('a notice of the partner', () => {
  test('says processed in words that the strictest parser takes', () => {
    expect(reportOf({})).toEqual([
      'Reporting-UA: clinic.example; Partner HISP',
      'Final-Recipient: rfc822; berg@clinic.example',
      'Original-Message-ID: <abc@holder.example>',
      'Disposition: automatic-action/MDN-sent-automatically;processed',
    ]);
  });

  test('says dispatched with the extension in a field of its own, and empty', () => {
    const report = reportOf({ kind: 'dispatched' });
    expect(report).toContain('X-DIRECT-FINAL-DESTINATION-DELIVERY:');
    expect(report.at(-1)).toBe('Disposition: automatic-action/MDN-sent-automatically;dispatched');
  });

  test('says failed without it', () => {
    const report = reportOf({ kind: 'failed' });
    expect(report.join()).not.toContain('X-DIRECT');
    expect(report.at(-1)).toMatch(/;failed$/);
  });

  test('has one text part with its type and one report, and asks for no notice itself', () => {
    const lines = linesOf({});
    expect(lines.filter((line) => line.startsWith('Content-Type: '))).toEqual([
      'Content-Type: multipart/report; report-type=disposition-notification;',
      'Content-Type: text/plain; charset=us-ascii',
      'Content-Type: message/disposition-notification',
    ]);
    expect(lines).toContain('Subject: Processed: XDM/1.0/DDM Health record');
    expect(lines.join()).not.toMatch(/Disposition-Notification-To|In-Reply-To|References/i);
  });

  test('has a Message-ID of its own, new each time', () => {
    const [first, second] = [buildMdn(ABOUT), buildMdn(ABOUT)];
    expect(first.messageId).toMatch(/@clinic\.example$/);
    expect(first.messageId).not.toBe(second.messageId);
    expect(Buffer.from(first.bytes).toString()).toContain(`Message-ID: <${first.messageId}>\r\n`);
  });

  test('leaves out a subject that cannot stand in a header', () => {
    expect(linesOf({ originalSubject: 'x\r\nBcc: a@b.example' })).toContain('Subject: Processed:');
  });
});
