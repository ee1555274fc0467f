import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { inspectCommand } from '../../infra/cli/commands/inspect.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { packageAndRead } from '../package/read-package.ts';
import { inputOf } from '../package/sample-input.ts';
import { draft } from '../secure/support/people.ts';
import { sampleCcda } from '../support/ccda.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { folderFor } from './files.ts';
import { runBatchOf, runCli } from './run-cli.ts';

const file = folderFor('inspect');
const { zip } = packageAndRead(inputOf(sampleCcda()));
const OFFICE = zipSync({ 'word/document.xml': Buffer.from('<a/>') });

const inspect = (path: string) => runCli({ inspect: inspectCommand }, 'inspect', path, '--json');
/** `read`, or the code, with the codes of the problems. */
async function verdictOn(bytes: Uint8Array | string): Promise<string> {
  const { answers } = await runBatchOf(inspectCommand, [{ file: file('it', bytes) }]);
  const { ok, code, documents, problems } = answers[0] as {
    ok: boolean;
    code?: string;
    documents: object[];
    problems: { code: string }[];
  };
  expect(documents).toHaveLength(ok ? 1 : 0);
  return [ok ? 'read' : code, ...problems.map((problem) => problem.code)].join(' ');
}

interface Attachment {
  readonly bytes?: Uint8Array;
  readonly type?: string;
  readonly name?: string;
}

const part = ({ bytes = zip, type = 'application/zip', name = 'a.zip' }: Attachment = {}): string =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n` +
  `Content-Disposition: attachment; filename="${name}"\r\n\r\n${Buffer.from(bytes).toString('base64')}`;
const multipart = (boundary: string, ...parts: string[]): string =>
  `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n` +
  `${parts.map((each) => `--${boundary}\r\n${each}\r\n`).join('')}--${boundary}--\r\n`;
const mail = (body: string, subject = 'XDM/1.0/DDM'): string =>
  `From: a@b.example\r\nSubject: ${subject}\r\n${body}`;
const wrapped = (message: string): string => `Content-Type: message/rfc822\r\n\r\n${message}`;
const TEXT = 'Content-Type: text/plain\r\n\r\nHello';
const IN_A_MAIL = mail(wrapped(mail(multipart('b', TEXT, part()))), 'Fwd');

describe('inspect --batch', () => {
  test('says of each document what the metadata says, and nothing is wrong with our own', async () => {
    const ran = await runBatchOf(inspectCommand, [
      { id: 1, file: file('good.zip', zip) },
      { id: 2, file: file('bad.zip', zip.subarray(100)) },
      { id: 3, file: '/nowhere/a.zip' },
    ]);
    expect(ran.answers).toEqual([
      {
        id: 1,
        ok: true,
        documents: [expect.objectContaining({ uri: 'DOC00001.XML', size: sampleCcda().length })],
        problems: [],
      },
      { id: 2, ok: false, code: 'package/bad-zip', documents: [], problems: [] },
      { id: 3, ok: false, code: 'edge/not-found', documents: [], problems: [] },
    ]);
    expect([ran.exitCode, ran.err.at(-1)]).toEqual([1, 'it: 1 of 3 packages read']);
  });
});

describe('a mail', () => {
  test('of our own: its package is read, and nothing is wrong with the mail', async () => {
    const message = Buffer.concat([...innerMessage({ ...draft, zip })]);
    expect(await verdictOn(message)).toBe('read');
  });

  test.each([
    ['that is the package alone', mail(part())],
    ['that has it beside its text', mail(multipart('b', TEXT, part()))],
    ['in a mail', IN_A_MAIL],
    ['in a mail in a mail, beside a text', mail(multipart('c', TEXT, wrapped(IN_A_MAIL)), 'Fwd')],
    ['with an office document before it', mail(multipart('b', part({ bytes: OFFICE }), part()))],
    [
      'with a damaged zip before it',
      mail(multipart('b', part({ bytes: zip.subarray(9) }), part())),
    ],
  ])('%s', async (_, message) => {
    expect(await verdictOn(message)).toBe('read');
  });

  test.each([
    ['mail-subject', mail(part(), 'Record')],
    ['attachment-type', mail(part({ type: 'application/octet-stream' }))],
    ['attachment-type', mail(part({ type: 'text/plain' }))],
    ['attachment-name', mail(part({ name: 'A.ZIP' }))],
    ['attachment-name', mail(part({ name: 'record' }))],
    [
      'attachment-type attachment-name',
      mail(part({ type: 'application/octet-stream', name: 'record' })),
    ],
  ])('whose package is attached otherwise than others need: %s', async (code, message) => {
    expect(await verdictOn(message)).toBe(`read ${code}`);
  });

  test.each([
    ['package/not-xdm', 'without a zip', mail(TEXT)],
    ['package/not-xdm', 'with another zip', mail(part({ bytes: OFFICE }))],
    ['package/bad-zip', 'with a damaged zip', mail(part({ bytes: zip.subarray(0, 900) }))],
    ['package/bad-zip', 'with a zip that is none', mail(part({ bytes: Buffer.from('hello') }))],
    ['secure/malformed', 'with a zip that cannot be decoded', mail(`${part()}***`)],
    ['secure/malformed', 'that cannot be read', mail('Content-Type: multipart/mixed\r\n\r\n')],
    [
      'secure/undecryptable',
      'that is encrypted',
      mail('Content-Type: application/pkcs7-mime\r\n\r\n'),
    ],
    [
      'package/not-xdm',
      'that holds it deeper than anybody forwards',
      Array.from({ length: 6 }).reduce<string>((message) => mail(wrapped(message)), mail(part())),
    ],
  ])('%s: %s', async (code, _, message) => {
    expect(await verdictOn(message)).toBe(code);
  });

  test('of its zips twenty are looked into', async () => {
    const others = Array.from({ length: 20 }, () => part({ bytes: OFFICE }));
    expect(await verdictOn(mail(multipart('b', ...others.slice(1), part())))).toBe('read');
    expect(await verdictOn(mail(multipart('b', ...others, part())))).toBe('package/not-xdm');
  });
});

describe('inspect', () => {
  test('tells people what is inside, and what each problem means', async () => {
    const path = file('mail.eml', mail(part(), 'Record'));
    const { exitCode, out } = await runCli({ inspect: inspectCommand }, 'inspect', path);
    expect(exitCode).toBe(0);
    expect(out).toEqual([
      'IHE_XDM/SUBSET01/DOC00001.XML: Summary of care',
      `  text/xml, ${sampleCcda().length} bytes; hash same, size same`,
      'mail-subject: The subject of the mail does not contain XDM/1.0/DDM. (Subject)',
      `${path}: 1 documents, 1 problems`,
    ]);
  });

  test('tells programs who sent it, too', async () => {
    const { out } = await inspect(file('good.zip', zip));
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      documents: [{ name: 'IHE_XDM/SUBSET01/DOC00001.XML', verdicts: { hash: 'same' } }],
      submissionSets: [{ authorTelecommunications: ['^^Internet^records@green.example'] }],
      problems: [],
    });
  });

  test('ends with 1 when there is none', async () => {
    const { exitCode, out } = await inspect(file('text.txt', 'hello'));
    expect([exitCode, JSON.parse(out[0] ?? '')]).toMatchObject([1, { code: 'package/bad-zip' }]);
  });
});

describeWith(['shared'], 'packages that others made', () => {
  test('are read or refused as expected, with their deviations', async () => {
    const folder = `${SHARED}/vectors/xdm`;
    const rows = readFileSync(`${folder}/EXPECTED.tsv`, 'utf8').trim().split('\n').slice(1);
    const expected = rows.map((row) => row.split('\t'));
    const requests = expected.map(([name = '']) => ({ id: name, file: `${folder}/${name}` }));
    const { exitCode, answers } = await runBatchOf(inspectCommand, requests);
    expect(exitCode).toBe(0);
    for (const [index, [name, outcome = '', why = '']] of expected.entries()) {
      const { id, ok, problems } = answers[index]!;
      expect([id, outcome.split(' or ').includes(ok ? 'read' : 'refused')]).toEqual([name, true]);
      expect([id, (problems as object[]).length > 0]).toEqual([name, why !== 'good']);
    }
  });
});
