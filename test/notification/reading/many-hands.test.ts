import { describe, expect, test } from '@jest/globals';
import { ordinary, reportOf, told } from './reports.ts';

const LINES = [
  'Final-Recipient: rfc822; dr.lee@direct.clinic.example',
  'Original-Message-ID: <copy-1@direct.holder.example>',
  'Disposition: automatic-action/MDN-sent-automatically;processed',
];
const text = `${LINES.join('\r\n')}\r\n`;
const encoded = (as: string, lines: string): string =>
  reportOf({ partHeader: [`Content-Transfer-Encoding: ${as}`], lines: [lines] });
const base64 = (lines: readonly string[], end: string): string =>
  Buffer.from(lines.join(end)).toString('base64');

describe('whoever wrote it, and whatever carried it', () => {
  const same = {
    kind: 'mdn',
    isReport: true,
    names: ['copy-1@direct.holder.example'],
    recipients: [{ address: 'dr.lee@direct.clinic.example', outcome: 'processed' }],
  };

  test.each([
    ['LF', reportOf({ lines: LINES, lineEnd: '\n' })],
    ['CR alone', reportOf({ lines: LINES, lineEnd: '\r' })],
    ['CR CR LF', reportOf({ lines: LINES, lineEnd: '\r\r\n' })],
    [
      'line ends of every kind',
      reportOf({ lines: LINES })
        .split('\r\n')
        .map((line, at) => line + ['\r\n', '\n', '\r'][at % 3]!)
        .join(''),
    ],
    [
      'a byte order mark before what says that it is a report',
      `\u00ef\u00bb\u00bf${reportOf({ lines: LINES }).replace(/^.*(?=Content-Type: multipart)/s, '')}`,
    ],
    ['no end', reportOf({ lines: LINES }).replace('\r\n\r\n--=_b--\r\n', '')],
    [
      'no blank line before the report',
      reportOf({ lines: LINES }).replace('notification\r\n\r\nF', 'notification\r\nF'),
    ],
    [
      'no blank line before the report, and more in its header',
      reportOf({ lines: LINES, partHeader: ['Content-Transfer-Encoding: 7bit'] }).replace(
        '7bit\r\n\r\n',
        '7bit\r\n',
      ),
    ],
    [
      'blank lines in the midst of it',
      reportOf({ lines: LINES.flatMap((line) => ['', line, '']) }),
    ],
    [
      'folded values',
      reportOf({ lines: LINES.map((line) => line.replace(/[:;] ?/g, '$&\r\n\t')) }),
    ],
    [
      'blanks before the colon',
      reportOf({ lines: LINES.map((line) => line.replace(':', ' \t:')) }),
    ],
    [
      'small letters',
      reportOf({
        lines: LINES.map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase())),
      }),
    ],
    ['another order', reportOf({ lines: LINES.toReversed() })],
    ['words that are no fields', reportOf({ lines: ['Dear computer,', ...LINES, '-- ', 'Lee'] })],
    ['indented fields', reportOf({ lines: LINES.flatMap((line) => [`  ${line}`, '']) })],
    ['base64', encoded('base64', base64(LINES, '\r\n'))],
    ['base64 of lines that end with CR', encoded('BASE64', base64(LINES, '\r'))],
    [
      'quoted-printable',
      encoded(
        'quoted-printable',
        text.replaceAll('@', '=40').replace('automatic', 'auto=\r\nmatic'),
      ),
    ],
    ['an unknown encoding', encoded('x-rot13', text)],
    [
      'an unknown charset',
      reportOf({ lines: LINES }).replace(
        'message/disposition-notification',
        'message/disposition-notification; charset=klingon',
      ),
    ],
    [
      'a charset that it is not in',
      reportOf({ lines: LINES })
        .replace('us-ascii', 'utf-16')
        .replace(
          'message/disposition-notification',
          'message/disposition-notification; charset=utf-16',
        ),
    ],
    [
      'the types of RFC 6533',
      reportOf({ lines: LINES }).replace('message/disposition', 'message/global-disposition'),
    ],
    [
      'no report-type',
      reportOf({ lines: LINES }).replace('report-type=disposition-notification; ', ''),
    ],
    ['NUL bytes', reportOf({ lines: LINES.map((line) => `\0${line}\0`.slice(1)) })],
  ])('%s', async (_, mail) => {
    expect(await told(mail)).toMatchObject(same);
  });

  test('the same notice in another hand, and twice, is one notice', async () => {
    const first = await told(reportOf({ lines: LINES }));
    expect((await told(reportOf({ lines: LINES.toReversed(), lineEnd: '\n' }))).id).toBe(first.id);
    const failed = LINES.map((line) => line.replace('processed', 'failed'));
    expect((await told(reportOf({ lines: failed }))).id).not.toBe(first.id);
    const other = LINES.map((line) => line.replace('copy-1', 'copy-2'));
    expect((await told(reportOf({ lines: other }))).id).not.toBe(first.id);
  });
});

describe('a report that hangs in other mail is not looked at', () => {
  const mail = reportOf({ lines: LINES });

  test('in an ordinary one', async () => {
    const mixed = mail.replace(/multipart\/report; report-type=[a-z-]+/, 'multipart/mixed');
    expect((await ordinary(mixed)).kind).toBe('message');
  });

  test('in a message that is sent on', async () => {
    const forwarded = [
      'Content-Type: multipart/report; boundary=c',
      '',
      '--c',
      'Content-Type: message/rfc822',
      '',
      mail,
      '--c--',
    ].join('\r\n');
    expect((await ordinary(forwarded)).kind).toBe('message');
  });

  test('in one whose text talks of it', async () => {
    expect((await ordinary(`Subject: see below\r\n\r\n${mail}`)).kind).toBe('message');
  });
});
