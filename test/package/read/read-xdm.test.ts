import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { packageRecord } from '../../../shared/package/package-record.ts';
import { readXdm, type ReadXdm } from '../../../shared/package/read-xdm.ts';
import { zipOf, type File } from '../zip-of.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { cases } from '../../support/counts.ts';
import { describeWith, SHARED } from '../../support/needs.ts';
import { inputOf } from '../sample-input.ts';
import { forgedZip } from './forged-zip.ts';
import { AT, DOCUMENT, goodFiles, METADATA, problemsOf, readFiles, renamed } from './packages.ts';

const read = (bytes: Uint8Array): ReadXdm => {
  const outcome = readXdm(bytes);
  if (!outcome.ok) throw new Error(`${outcome.failure.code} ${outcome.failure.detail ?? ''}`);
  return outcome.value;
};

describe('a package of our own', () => {
  test('comes out as it went in, and without a problem', () => {
    const documents = fc.array(
      fc.record({
        title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        family: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        filling: fc.nat(5_000),
        extension: fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(documents, (samples) => {
        const input = inputOf(
          ...samples.map(({ extension, ...sample }) =>
            sampleCcda({ ...sample, documentId: { root: '1.2.3', extension } }),
          ),
        );
        const bundle = packageRecord(input);
        if (!bundle.ok) throw new Error(bundle.failure.code);
        const { documents: out, submissionSets, problems } = read(bundle.value.zip);
        expect(problems).toEqual([]);
        expect(out.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(
          input.documents.map(({ bytes }) => Buffer.from(bytes).toString()),
        );
        expect(out.every(({ hash, size }) => hash === 'same' && size === 'same')).toBe(true);
        expect(out.map(({ described }) => described)).toEqual(bundle.value.documents);
        expect(submissionSets).toHaveLength(1);
      }),
      { numRuns: cases(30) },
    );
  });

  test('says what it is, from whom and for whom', () => {
    const { documents, submissionSets } = readFiles(goodFiles());
    const [document] = documents;
    expect([document?.name, document?.mimeType]).toEqual([DOCUMENT, 'text/xml']);
    expect(document?.described).toMatchObject({
      mimeType: 'text/xml',
      title: 'Summary of care',
      uniqueId: '2.16.840.1.113883.19.5.77.1^CCD-0001',
      patientId: 'MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO',
      uri: 'DOC00001.XML',
      typeCode: { code: '34133-9', system: '2.16.840.1.113883.6.1' },
      authors: [{ authorPerson: expect.any(String) as unknown }],
    });
    expect(submissionSets).toEqual([
      {
        uniqueId: expect.stringMatching(/^2\.25\.\d+$/),
        sourceId: '2.16.840.1.113883.19.5.77',
        patientId: 'MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO',
        submissionTime: '20260303101112',
        title: 'Health record',
        intendedRecipients: ['||^^Internet^Dr.Kim@clinic.example'],
        authorTelecommunications: ['^^Internet^records@green.example'],
      },
    ]);
  });

  test('may be as full as a reader takes: a hundred entries', () => {
    const documents = Array.from({ length: 95 }, (_, at) => sampleCcda({ title: `No ${at}` }));
    expect(readFiles(goodFiles(...documents)).documents).toHaveLength(95);
  });
});

const withPage = (text: string): File[] =>
  goodFiles().map(({ name, bytes }) => ({
    name,
    bytes: name === 'INDEX.HTM' ? Buffer.from(text) : bytes,
  }));

describe('what is read over', () => {
  const files = goodFiles();

  test.each([
    [
      'small letters',
      (name: string) => name.toLowerCase(),
      [`name-case ${METADATA.toLowerCase()}`],
    ],
    ['a folder around it', (name: string) => `Export/${name}`, ['leading-folder Export/']],
    [
      'backslashes',
      (name: string) => (name.endsWith('/') ? undefined : name.replaceAll('/', '\\')),
      [`backslash ${METADATA}`],
    ],
    [
      'lost slashes',
      (name: string) => name.replace('SUBSET01/', 'SUBSET01').replace('TA.XML', 'TA.xml'),
      ['subset-folder IHE_XDM/SUBSET01METADATA.xml'],
    ],
    [
      'no directory entries',
      (name: string) => (name.endsWith('/') ? undefined : name),
      ['no-directory-entry IHE_XDM/', 'no-directory-entry IHE_XDM/SUBSET01/'],
    ],
    [
      'no directory for the set',
      (name: string) => name.replace('SUBSET01/', ''),
      ['subset-folder IHE_XDM/METADATA.XML'],
    ],
    ['a leading ./', (name: string) => `./${name}`, []],
    [
      'no INDEX.HTM',
      (name: string) => (name === 'INDEX.HTM' ? undefined : name),
      ['no-index INDEX.HTM'],
    ],
    [
      'no README.TXT',
      (name: string) => (name === 'README.TXT' ? undefined : name),
      ['no-readme README.TXT'],
    ],
  ])('%s', (_, rename, expected) => {
    const once = renamed(files, rename);
    const { documents } = readFiles(once);
    expect(documents.map(({ hash, size }) => [hash, size])).toEqual([['same', 'same']]);
    expect(problemsOf(once)).toEqual(expect.arrayContaining(expected));
    expect(problemsOf(once).length > 0).toBe(expected.length > 0);
  });

  test('files that operating systems add are no part of the package', () => {
    const added = [
      { name: '__MACOSX/IHE_XDM/SUBSET01/METADATA.XML', bytes: Buffer.from('a fork') },
      { name: 'IHE_XDM/SUBSET01/.DS_Store', bytes: Buffer.from('a view') },
    ];
    expect(problemsOf([...added, ...files])).toEqual([
      'other-files __MACOSX/IHE_XDM/SUBSET01/METADATA.XML',
    ]);
  });

  test('two folders with a package: the first is read; a package at the top goes before any', () => {
    const [one, other] = ['One/', 'Other/'].map((folder) =>
      renamed(files, (name) => folder + name),
    );
    expect(problemsOf([...one!, ...other!])).toEqual([
      'leading-folder One/',
      `second-copy Other/${METADATA}`,
    ]);
    expect(problemsOf([...one!, ...files])).toEqual([`second-copy One/${METADATA}`]);
  });

  test('metadata twice in one directory: the one in capitals is read', () => {
    const small = { name: METADATA.replace('.XML', '.xml'), bytes: Buffer.from('another') };
    expect(problemsOf([small, ...files])).toEqual([`second-copy ${small.name}`]);
    expect(problemsOf([...files, small])).toEqual([`second-copy ${small.name}`]);
  });

  test('a page may have entities of HTML when it says that it is HTML', () => {
    expect(problemsOf(withPage('<!DOCTYPE html><html>&nbsp;</html>'))).toEqual([]);
    expect(problemsOf(withPage('<html>&nbsp;</html>'))).toEqual(['index-malformed INDEX.HTM']);
  });

  test('sizes behind the data, and line ends behind the zip', () => {
    const entries = files.map(({ name, bytes }) => ({ name, content: bytes, descriptor: true }));
    const stretched = Buffer.concat([forgedZip(entries), Buffer.from('\r\n\r\n')]);
    expect(read(stretched).problems).toEqual([]);
  });

  test('several submission sets are all read', () => {
    const again = renamed(files, (name) =>
      name.startsWith('IHE_XDM/SUBSET01/') ? name.replace('01/', '02/') : undefined,
    );
    const { documents, submissionSets, problems } = readFiles([...files, ...again]);
    expect([documents.length, submissionSets.length, problems]).toEqual([2, 2, []]);
  });
});

const VECTORS = `${SHARED}/vectors/xdm`;
const vector = (file: string): ReadXdm => read(readFileSync(`${VECTORS}/${file}`));

describeWith(['shared'], 'packages that others made', () => {
  test('each is read or refused as expected', () => {
    const rows = readFileSync(`${VECTORS}/EXPECTED.tsv`, 'utf8').trim().split('\n').slice(1);
    expect(rows.length).toBeGreaterThan(0);
    for (const [file = '', outcome = ''] of rows.map((row) => row.split('\t'))) {
      const is = readXdm(readFileSync(`${VECTORS}/${file}`)).ok ? 'read' : 'refused';
      expect([file, outcome.split(' or ').includes(is)]).toEqual([file, true]);
    }
  });

  test.each([
    ['ett__ToC_XDM_Full_Metadata.zip', 140_619, []],
    ['ett__XDM_LIM.zip', 120_687, ['index-malformed', 'object-without-id']],
    ['ett__BadXHTML.zip', 78_021, ['index-malformed']],
    ['nist-toolkit__Ccda.zip', 165_694, ['other-files', 'second-copy', 'name-form']],
    ['nist-toolkit__xdm_minimal.zip', 11, ['other-files', 'name-case']],
    [
      'directri-xdcommon__samplexdm.zip',
      68_226,
      [
        'leading-folder',
        'name-case',
        'index-malformed',
        'set-source-id',
        'no-uri',
        'no-size',
        'found-by-hash',
        'name-form',
      ],
    ],
    [
      'directri-xd__xdm.zip',
      4,
      [
        'subset-folder',
        'name-case',
        'index-malformed',
        'id-twice',
        'set-unmarked',
        'set-unique-id',
        'set-source-id',
        'set-time',
        'unique-id',
        'name-form',
      ],
    ],
  ])('%s: the one document, and what is odd', (file, sizeBytes, codes) => {
    const { documents, problems } = vector(file);
    expect(documents.map(({ bytes, hash }) => [bytes.length, hash])).toEqual([[sizeBytes, 'same']]);
    expect([...new Set(problems.map(({ code }) => code))]).toEqual(codes);
  });

  test('the hash is that of the bytes that come out', () => {
    const [document] = vector('ett__ToC_XDM_Full_Metadata.zip').documents;
    expect(
      createHash('sha1')
        .update(document?.bytes ?? '')
        .digest('hex'),
    ).toBe('e69c370375b4bb4944113a6ce33026ba0fce4d62');
  });
});

test('a zip without a package is none', () => {
  const other = readXdm(zipOf([{ name: 'a.txt', bytes: Buffer.from('a') }], AT));
  expect(other).toMatchObject({ ok: false, failure: { code: 'package/not-xdm' } });
});
