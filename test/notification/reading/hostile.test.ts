import { describe, expect, test } from '@jest/globals';
import { read, reportOf, told } from './reports.ts';

const MB = 1024 * 1024;
const TO = 'Final-Recipient: rfc822; dr.lee@direct.clinic.example';
const dsn = (...lines: string[]): string => reportOf({ type: 'delivery-status', lines });
const recipients = (count: number): string =>
  dsn(
    ...Array.from(
      { length: count },
      (_, at) => `${TO.replace('lee', `${at}`)}\r\nAction: failed\r\n`,
    ),
  );
const mail = (type: string, body: string, header = ''): string =>
  `From: a@b.example\r\nContent-Type: ${type}\r\n${header}\r\n${body}`;
/** A text and HTML: a reader that shows mail makes each into the other. */
const inHtml = (html: string, header = 'Content-Type: text/html'): string =>
  mail(
    'multipart/mixed; boundary=b',
    `--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\n${header}\r\n\r\n${html}\r\n--b--`,
  );
const nested = (levels: number): string =>
  Array.from(
    { length: levels },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  ).join('');

/** Of the processor; what grows with the square of its length takes minutes. */
const MOST_MS = 5000;

/** The kind, or the code. */
async function answerTo(text: string): Promise<string> {
  const before = process.cpuUsage();
  const reading = await read(text);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(MOST_MS);
  return reading.ok ? reading.value.kind : reading.failure.code;
}

describe('notification/too-large', () => {
  test.each([
    ['a mail over 5 MB', mail('text/plain', 'x'.repeat(5 * MB))],
    [
      'a thousand and one parts',
      mail('multipart/mixed; boundary=b', '--b\r\n\r\nx\r\n'.repeat(1001)),
    ],
    ['a hundred thousand empty lines', mail('text/plain', '\r\n'.repeat(100_000))],
    ['parts in parts in parts', nested(400)],
    [
      'a field of a megabyte in its header',
      mail('text/plain', 'x', `X-Long: ${'x'.repeat(MB)}\r\n`),
    ],
    [
      'a megabyte of folded lines',
      mail('text/plain', 'x', `X: y\r\n${` ${'z'.repeat(70)}\r\n`.repeat(15_000)}`),
    ],
    ['fifty thousand fields', mail('text/plain', 'x', 'X-Field: y\r\n'.repeat(50_000))],
    ['a field of a megabyte in the report', dsn(TO, `Diagnostic-Code: ${'x'.repeat(MB)}`)],
    [
      'a report of a megabyte',
      dsn(TO, ...Array.from({ length: 15_000 }, () => `X: ${'y'.repeat(70)}`)),
    ],
    ['an MDN of a megabyte', reportOf({ lines: [`Disposition: x;${'y'.repeat(MB)}`] })],
    [
      'a report of a megabyte in base64',
      reportOf({
        partHeader: ['Content-Transfer-Encoding: base64'],
        lines: [Buffer.alloc(MB, 'X: y\r\n').toString('base64')],
      }),
    ],
    ['a complaint of a megabyte', reportOf({ type: 'feedback-report', lines: ['x'.repeat(MB)] })],
    ['a hundred and one recipients', recipients(101)],
    ['thousands of recipients', recipients(3000)],
    [
      'thousands who failed',
      mail('text/plain', 'x', `X-Failed-Recipients: ${'a@b.example,'.repeat(5000)}\r\n`),
    ],
  ])('%s', async (_, text) => {
    expect(await answerTo(text)).toBe('notification/too-large');
  });
});

test('a hundred recipients are read, each of them', async () => {
  const said = (await told(recipients(100))).recipients;
  expect(said).toHaveLength(100);
  expect(said.every(({ outcome }) => outcome === 'failed')).toBe(true);
});

describe('what costs nobody much time', () => {
  test.each([
    [
      'a size that is announced and not there',
      mail('text/plain', 'x', 'Content-Length: 104857600\r\n'),
      'message',
    ],
    ['four megabytes on one line', mail('text/plain', 'x'.repeat(4 * MB)), 'message'],
    ['four megabytes of HTML', inHtml('<a href="'.repeat(450_000)), 'message'],
    [
      'HTML that hides what it is behind a folded line',
      inHtml('<a href="'.repeat(450_000), ' x\r\nContent-Type: text/html'),
      'message',
    ],
    [
      'HTML that says it is to be shown',
      inHtml('<a href="'.repeat(450_000), 'Content-Disposition: inline\r\nContent-Type: text/html'),
      'message',
    ],
    ['flowed text', mail('text/plain; format=flowed', 'word \r\n'.repeat(60_000)), 'message'],
    [
      'nine hundred parts',
      mail('multipart/mixed; boundary=b', '--b\r\n\r\nx\r\n'.repeat(900)),
      'message',
    ],
    ['messages in messages', 'Content-Type: message/rfc822\r\n\r\n'.repeat(10_000), 'message'],
    [
      'a boundary as long as its lines',
      mail(
        `multipart/mixed; boundary=${'-'.repeat(200_000)}`,
        `${'-'.repeat(4000)}\r\n`.repeat(900),
      ),
      'message',
    ],
    [
      'addresses without end',
      mail('text/plain', 'x', `To: ${'"a@b '.repeat(20_000)}\r\n`),
      'message',
    ],
    ['groups in groups', mail('text/plain', 'x', `To: ${'g:'.repeat(100_000)}\r\n`), 'message'],
    ['comments in comments', mail(`text/plain ${'('.repeat(100_000)}`, 'x'), 'message'],
    ['parameters in pieces', mail(`text/plain${';x*0=a'.repeat(30_000)}`, 'x'), 'message'],
    [
      'encoded words',
      mail('text/plain', 'x', `Subject: ${'=?utf-8?Q?a?= '.repeat(15_000)}\r\n`),
      'message',
    ],
    [
      'base64 line by line',
      mail('text/plain', 'Q\r\n'.repeat(60_000), 'Content-Transfer-Encoding: base64\r\n'),
      'message',
    ],
    [
      'quoted-printable',
      mail('text/plain', '='.repeat(4 * MB), 'Content-Transfer-Encoding: quoted-printable\r\n'),
      'message',
    ],
    [
      'ids without end',
      mail('text/plain', 'x', `References: ${'<a@b> '.repeat(40_000)}\r\n`),
      'message',
    ],
    [
      'brackets without end',
      mail('text/plain', 'x', `References: ${'<'.repeat(200_000)}\r\n`),
      'message',
    ],
    ['blocks without end', dsn('X: y\r\n\r\n'.repeat(25_000)), 'dsn'],
    [
      'blocks of new names behind a recipient',
      dsn(TO, '', ...Array.from({ length: 15_000 }, (_, at) => `X${at}: y\r\n`)),
      'dsn',
    ],
    ['folded lines in a report', dsn('X: y', ' z\r\n'.repeat(50_000)), 'dsn'],
    [
      'comments in a report',
      dsn(TO, `Action: ${'('.repeat(200_000)}`, `Status: ${'('.repeat(50_000)}`),
      'dsn',
    ],
    ['digits in a report', dsn(TO, 'Action: failed', `Status: ${'5.1'.repeat(80_000)}`), 'dsn'],
    ['brackets in a report', dsn(`Final-Recipient: ${'<'.repeat(200_000)}`), 'dsn'],
    ['blanks in a report', dsn(`X${' '.repeat(200_000)}`), 'dsn'],
    [
      'a disposition of slashes',
      reportOf({ lines: [`Disposition: x;y${'/'.repeat(200_000)}`] }),
      'mdn',
    ],
    ['NUL bytes', mail('text/plain', '\0'.repeat(4 * MB)), 'message'],
  ])('%s', async (_, text, kind) => {
    expect(await answerTo(text)).toBe(kind);
  });

  test.each(['\r', '\n', '\r\n', '\r\r\n', '-', '--', '\t'])(
    'four megabytes of %j',
    async (sign) => {
      expect(await answerTo(sign.repeat((4 * MB) / sign.length))).toMatch(/^message$|too-large$/);
    },
  );
});
