import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { packageCommand } from '../../infra/cli/commands/package.ts';
import { readXdm, type ReadXdm } from '../../shared/package/read-xdm.ts';
import { sampleCcda } from '../support/ccda.ts';
import { sampleBundle, samplePdf, SAMPLE_TEXT } from '../support/files.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { folderFor } from './files.ts';
import { runBatchOf } from './run-cli.ts';

const file = folderFor('package-batch');
const batch = (...requests: readonly object[]) => runBatchOf(packageCommand, requests);

let ccda: string;
let others: readonly string[];
beforeAll(() => {
  ccda = file('ccd.xml', sampleCcda());
  others = [file('a.pdf', samplePdf()), file('a.TXT', SAMPLE_TEXT), file('a.json', sampleBundle())];
});

function readBack(path: string): ReadXdm {
  const read = readXdm(readFileSync(path));
  if (!read.ok) throw new Error(read.failure.code);
  return read.value;
}

describe('package --batch', () => {
  test('writes a package, and says what is in it as the metadata does', async () => {
    const out = file('out.zip', '');
    const { exitCode, answers, err } = await batch({ id: 'a', files: [ccda, ...others], out });
    const { documents, problems } = readBack(out);
    expect(problems).toEqual([]);
    expect(answers).toEqual([
      {
        id: 'a',
        ok: true,
        entries: [
          'README.TXT',
          'INDEX.HTM',
          'IHE_XDM/',
          'IHE_XDM/SUBSET01/',
          'IHE_XDM/SUBSET01/METADATA.XML',
          ...['DOC00001.XML', 'DOC00002.PDF', 'DOC00003.TXT', 'DOC00004.JSO'].map(
            (name) => `IHE_XDM/SUBSET01/${name}`,
          ),
        ],
        documents: JSON.parse(
          JSON.stringify(documents.map(({ described }) => described)),
        ) as unknown,
      },
    ]);
    expect([exitCode, err]).toEqual([0, ['it: 1 of 1 records packaged']]);
  });

  test('writes nothing where no file is named to write to', async () => {
    const { answers } = await batch({ files: [ccda] }, { files: [ccda], out: null });
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test('packages a file that names no patient by itself', async () => {
    const { answers } = await batch(...others.map((each) => ({ files: [each] })));
    expect(answers.map(({ ok, documents }) => [ok, (documents as object[]).length])).toEqual(
      others.map(() => [true, 1]),
    );
  });

  test('gives every package a submission set of its own', async () => {
    const outs = [file('first.zip', ''), file('second.zip', '')];
    await batch({ files: [ccda], out: outs[0] }, { files: [ccda, ...others], out: outs[1] });
    const sets = outs.flatMap((out) => readBack(out).submissionSets);
    expect(new Set(sets.map(({ uniqueId }) => uniqueId)).size).toBe(2);
  });

  test('answers a refusal with its code and writes nothing', async () => {
    const out = file('none.zip', '').replace('none', 'never');
    const html = file('not.xml', '<html/>');
    const stranger = file(
      'stranger.xml',
      sampleCcda({ patientIds: [{ root: '1.2.3', extension: '4' }] }),
    );
    const { exitCode, answers } = await batch(
      { id: 1, files: [ccda, html], out },
      { id: 2, files: [ccda, stranger], out },
      { id: 3, files: [], out },
      { id: 4, files: [ccda] },
    );
    const nothing = { ok: false, entries: [], documents: [] };
    expect(answers).toEqual([
      { id: 1, code: 'record/not-clinical-document', ...nothing },
      { id: 2, code: 'record/patient-mismatch', ...nothing },
      { id: 3, code: 'record/none', ...nothing },
      expect.objectContaining({ id: 4, ok: true }),
    ]);
    expect([exitCode, existsSync(out)]).toEqual([0, false]);
  });

  test.each([
    ['a file that is not there', { files: ['/nowhere/a.xml'] }, 'edge/not-found'],
    ['no list of files', { files: 'a.xml' }, 'edge/malformed'],
    ['too many files', { files: Array.from({ length: 1001 }, () => 'a') }, 'edge/malformed'],
  ])('cannot process %s', async (_, request, code) => {
    const { exitCode, answers } = await batch({ id: 1, ...request });
    const nothing = { ok: false, entries: [], documents: [] };
    expect([exitCode, answers]).toEqual([1, [{ id: 1, code, ...nothing }]]);
  });

  test('refuses files that together are more than one copy may be, before it reads the rest', async () => {
    const large = file('large.pdf', Buffer.alloc(60 * 1024 * 1024));
    const { exitCode, answers } = await batch({ id: 1, files: [large, large, '/nowhere/a.xml'] });
    expect([exitCode, answers]).toMatchObject([0, [{ ok: false, code: 'package/too-large' }]]);
  });

  test('cannot write where no folder is', async () => {
    const { exitCode, answers } = await batch({ files: [ccda], out: '/nowhere/a.zip' });
    expect([exitCode, answers]).toMatchObject([1, [{ ok: false, code: 'edge/not-found' }]]);
  });
});

/** What the package says of its one document and what others say of the package. */
function judged(zip: string, answer: Record<string, unknown>): object {
  const [{ hash, size }] = answer['documents'] as [{ hash: string; size: number }];
  const unzipped = spawnSync('unzip', ['-tqq', zip]).status;
  const { documents, problems } = readBack(zip);
  return { hash, size, unzipped, problems, same: documents.map((each) => each.hash) };
}

describeWith(['shared', 'unzip'], 'documents that others made', () => {
  test.each(['ccda', 'ccda-nasty'])('are packaged or refused as expected: %s', async (folder) => {
    const at = (name: string): string => `${SHARED}/vectors/${folder}/${name}`;
    const rows = readFileSync(at('EXPECTED.tsv'), 'utf8').trim().split('\n').slice(1);
    const expected = rows.map((row) => row.split('\t').slice(0, 2) as [string, string]);
    const outs = expected.map(([name]) => file(`${name}.zip`, ''));
    const { exitCode, answers } = await batch(
      ...expected.map(([id], index) => ({ id, files: [at(id)], out: outs[index] })),
    );
    expect(exitCode).toBe(0);
    expect(answers.map(({ id, ok }) => [id, ok ? 'sent' : 'refused'])).toEqual(expected);
    for (const [index, answer] of answers.entries()) {
      const bytes = readFileSync(at(expected[index]![0]));
      const hash = createHash('sha1').update(bytes).digest('hex');
      const flawless = { hash, size: bytes.length, unzipped: 0, problems: [], same: ['same'] };
      const verdict = answer['ok'] ? judged(outs[index]!, answer) : answer['code'];
      expect([flawless, expect.stringMatching(/^record\//)]).toContainEqual(verdict);
    }
  });
});
