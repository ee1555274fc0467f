import { describe, expect, test } from '@jest/globals';
import { ordinary, reportOf, told } from './reports.ts';

const kindOf = async (header: string) => (await ordinary(`${header}\r\n\r\nI am away.`)).kind;

describe('an automatic reply', () => {
  test.each([
    'Auto-Submitted: auto-replied',
    'auto-submitted : AUTO-REPLIED (vacation)',
    'Auto-Submitted: auto-generated; owner-email="a@b.example"',
    'Auto-Submitted: auto-notified',
    'Precedence: auto_reply',
    'Precedence: junk',
    'Auto-Submitted: notified',
    'X-Autoreply: yes',
    'X-Autorespond: away',
  ])('is known by %s', async (header) => {
    expect(await kindOf(header)).toBe('auto-reply');
  });

  test.each([
    'Auto-Submitted: no',
    'Auto-Submitted: no (really)',
    'Auto-Submitted: No; x=y',
    'Auto-Submitted:',
    'Precedence: bulk',
    'Precedence: list',
    'Subject: Away until May 5',
    '',
  ])('and not by %j', async (header) => {
    expect(await kindOf(header)).toBe('message');
  });

  test('says what it answers', async () => {
    const mail = await ordinary(
      'Auto-Submitted: auto-replied\r\nReferences: <a@h.example> <b@h.example>\r\nIn-Reply-To: <b@h.example>\r\n\r\nx',
    );
    expect(mail).toEqual({
      kind: 'auto-reply',
      names: ['b@h.example', 'a@h.example'],
      asWritten: [],
    });
  });

  test('is no report, even if servers mark their reports so', async () => {
    const header = ['Auto-Submitted: auto-replied'];
    const lines = ['Disposition: a/b; processed'];
    expect((await told(reportOf({ header, lines }))).kind).toBe('mdn');
    const failed = ['Final-Recipient: rfc822; a@b.example', 'Action: failed'];
    const dsn = reportOf({ header, type: 'delivery-status', lines: failed });
    expect((await told(dsn)).kind).toBe('dsn');
    // A report without the part for machines: nobody knows what it says.
    expect((await ordinary(dsn.replace('message/delivery-status', 'text/html'))).kind).toBe(
      'message',
    );
  });
});

describe('a complaint', () => {
  const third = ['Content-Type: message/rfc822', '', 'Message-ID: <copy-1@h.example>', '', 'x'];
  const lines = ['Feedback-Type: abuse', 'Version: 1', 'Original-Rcpt-To: <a@b.example>'];
  const complaint = reportOf({ type: 'feedback-report', lines, third });

  test('says that the mail arrived, and nothing of delivery', async () => {
    expect(await told(complaint)).toMatchObject({
      kind: 'complaint',
      isReport: true,
      names: ['copy-1@h.example'],
      recipients: [{ address: 'a@b.example', outcome: 'none' }],
    });
  });

  test('about nobody in particular', async () => {
    const unnamed = complaint.replace('Original-Rcpt-To: <a@b.example>\r\n', '');
    expect((await told(unnamed)).recipients).toEqual([]);
  });
});

describe('any other mail', () => {
  test.each([
    ['plain', 'From: a@b.example\r\nSubject: Hello\r\n\r\nHello\r\n'],
    ['without a header', '\r\nHello'],
    ['without a body', 'From: a@b.example'],
    ['that is empty', ''],
    ['that begins with a folded line', ' folded\r\nFrom: a@b.example\r\n\r\nHello'],
    ['encrypted', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIAG'],
    [
      'a report of no known type',
      'Content-Type: multipart/report; report-type=x; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--',
    ],
    [
      'a report without a boundary',
      'Content-Type: multipart/report; report-type=delivery-status\r\n\r\nx',
    ],
  ])('%s', async (_, mail) => {
    expect(await ordinary(mail)).toEqual({ kind: 'message', names: [], asWritten: [] });
  });
});
