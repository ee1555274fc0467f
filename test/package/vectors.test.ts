import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkDocument } from '../../shared/record/intake.ts';
import { sampleCcda } from '../support/ccda.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { packageAndRead, parseXml, textOf, type ReadObject } from './read-package.ts';
import { inputOf } from './sample-input.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xdm-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCHEMA = `${SHARED}/vectors/ebrim-xsd/nist-toolkit-v3/lcm.xsd`;
const CDA_SCHEMA = `${SHARED}/vectors/cda-xsd/schema/extensions/SDTC/infrastructure/cda/CDA_SDTC.xsd`;

function run(command: string, ...given: readonly string[]): string {
  const { status, stderr, error } = spawnSync(command, given, { encoding: 'utf8' });
  return status === 0 ? 'good' : `${status} ${stderr} ${error?.message ?? ''}`;
}

const saved = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const validates = (schema: string, bytes: Uint8Array | string): string =>
  run('xmllint', '--nonet', '--noout', '--schema', schema, saved('under-test.xml', bytes));

const read = (path: string): Buffer => readFileSync(`${SHARED}/vectors/${path}`);

const sent = (): (readonly [path: string])[] =>
  ['ccda', 'ccda-nasty']
    .filter((each) => existsSync(`${SHARED}/vectors/${each}/EXPECTED.tsv`))
    .flatMap((each) =>
      read(`${each}/EXPECTED.tsv`)
        .toString()
        .split('\n')
        .map((row) => row.split('\t'))
        .filter(([, outcome]) => outcome === 'sent')
        .map(([file]) => [`${each}/${file}`] as const),
    );

describeWith(['shared', 'xmllint'], 'documents that others made are packaged', () => {
  test.each([...sent(), ['the sample']])('%s: valid metadata, true hash, readable page', (path) => {
    const bytes = path === 'the sample' ? sampleCcda() : read(path);
    expect(checkDocument(bytes).ok).toBe(true);
    const { files, metadata, entries } = packageAndRead(inputOf(bytes));
    expect(validates(SCHEMA, metadata)).toBe('good');
    const inside = files['IHE_XDM/SUBSET01/DOC00001.XML'] ?? new Uint8Array();
    expect(Buffer.compare(inside, bytes)).toBe(0);
    expect(entries[0]?.slots).toMatchObject({
      hash: [createHash('sha1').update(inside).digest('hex')],
      size: [String(inside.length)],
    });
    expect(() => parseXml(textOf(files['INDEX.HTM']))).not.toThrow();
    expect(metadata).not.toMatch(/\r|&#|undefined|\[object/);
  });

  test('all of them in one package', () => {
    const documents = sent().map(([path]) => read(path));
    const { metadata, entries } = packageAndRead(inputOf(...documents));
    expect(entries).toHaveLength(documents.length);
    expect(validates(SCHEMA, metadata)).toBe('good');
  });

  test('our own sample is a valid C-CDA', () => {
    expect(validates(CDA_SCHEMA, sampleCcda({ filling: 20_000 }))).toBe('good');
  });
});

const entryFor = (path: string): ReadObject | undefined =>
  packageAndRead(inputOf(read(path))).entries[0];

describeWith(['shared'], 'what becomes of what is odd in them', () => {
  test('garbage codes do not reach the metadata', () => {
    const { metadata, entries } = packageAndRead(
      inputOf(read('ccda/r21_scorecard_schema_errors.xml')),
    );
    expect(metadata).not.toMatch(/jsalkj|asdyfa|dnfdfd|sdtard/);
    expect(entries[0]?.slots['languageCode']).toEqual(['en-US']);
    expect(entries[0]?.codes['confidentialityCode']).toMatch(/^N /);
  });

  test('a social security number does not leave', () => {
    expect(packageAndRead(inputOf(read('ccda/hl7ex_CCD.xml'))).metadata).not.toContain('444222222');
  });

  test('restricted stays restricted', () => {
    expect(entryFor('ccda/r21_onc_ds4p_b8.xml')?.codes['confidentialityCode']).toMatch(/^R /);
  });

  test('an unstructured document is told apart', () => {
    expect(entryFor('ccda/hl7ex_UD_pdf_embedded1.xml')?.codes['formatCode']).toContain(
      'ccda-nonXMLBody:2.1',
    );
  });

  test('a C32 has no format code of C-CDA', () => {
    expect(entryFor('ccda/legacy_c32_va.xml')?.codes['formatCode']).toBeUndefined();
  });

  test('a document is read in the encoding that it declares', () => {
    for (const file of ['latin1_declared', 'win1252_declared', 'utf16le_bom', 'utf16be_bom']) {
      const name = entryFor(`ccda-nasty/${file}.xml`)?.slots['sourcePatientInfo']?.join(' ') ?? '';
      expect(name).toMatch(/PID-5\|/);
      expect(name).not.toMatch(/\ufffd|[\u0080-\u009f]/);
    }
  });

  test('a fake body in a comment hides no header', () => {
    const entry = entryFor('ccda-nasty/comment_with_fake_component_before_header.xml');
    expect(entry?.slots['sourcePatientInfo']?.join(' ')).toContain('PID-5|Damore^Juan');
  });
});

describeWith(['unzip'], 'other zip readers', () => {
  test('unzip finds no error', () => {
    const { zip, files } = packageAndRead(inputOf(sampleCcda({ filling: 300_000 }), sampleCcda()));
    expect(Object.keys(files)).toHaveLength(7);
    expect(run('unzip', '-tqq', saved('package.zip', zip))).toBe('good');
  });
});
