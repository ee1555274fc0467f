import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkClinicalDocument } from '../../shared/record/intake.ts';
import { sampleCcda } from '../support/ccda.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { packageAndRead, parseXml, textOf, type ReadObject } from './read-package.ts';
import { inputOf } from './sample-input.ts';
import { unzips, validates } from './tools.ts';

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
    expect(checkClinicalDocument(bytes).ok).toBe(true);
    const { files, metadata, entries } = packageAndRead(inputOf(bytes));
    expect(validates('metadata', metadata)).toBe('good');
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
    expect(validates('metadata', metadata)).toBe('good');
  });

  test('our own sample is a valid C-CDA', () => {
    expect(validates('cda', sampleCcda({ filling: 20_000 }))).toBe('good');
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

  test.each([
    ['r11_epic_phr_lucy', 'ccda-structuredBody:1.1'],
    ['r21_allscripts_2.2MB_bom', 'ccda-structuredBody:2.1'],
    ['hl7ex_UD_pdf_embedded1', 'ccda-nonXMLBody:2.1'],
    ['hl7ex_UD_text', 'ccda-nonXMLBody:1.1'],
    // Release 2.0 has none of its own.
    ['hl7ex_Discharge_Summary', undefined],
    ['hl7ex_UD_pdf_reference', undefined],
    ['legacy_c32_va', undefined],
    ['hl7ex_Care_Plan', undefined],
  ])('%s has the format code %s', (file, display) => {
    const code = entryFor(`ccda/${file}.xml`)?.codes['formatCode'];
    expect(code?.split(' ')[2]).toBe(display);
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
    expect(unzips(zip)).toBe('good');
  });
});
