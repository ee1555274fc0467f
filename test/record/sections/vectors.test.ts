import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { overviewOf } from '../../../shared/record/sections/found.ts';
import { describeWith, SHARED } from '../../support/needs.ts';
import { sectionsOf } from './sections-of.ts';

const FOLDER = join(SHARED, 'vectors/ccda');
const overview = (...files: readonly string[]) =>
  overviewOf(files.map((file) => ({ sections: sectionsOf(readFileSync(join(FOLDER, file))) })));

const sent = (): readonly string[] =>
  existsSync(join(FOLDER, 'EXPECTED.tsv'))
    ? readFileSync(join(FOLDER, 'EXPECTED.tsv'), 'utf8')
        .split('\n')
        .map((line) => line.split('\t'))
        .flatMap(([file, outcome]) => (file && outcome === 'sent' ? [file] : []))
    : [];

/** How many are present and empty, counted in each document by another program. */
const COUNTS: Readonly<Record<string, readonly [present: number, empty: number]>> = {
  'hl7ex_CCD.xml': [11, 0],
  'hl7ex_Care_Plan.xml': [0, 0],
  'hl7ex_Consultation_Note.xml': [8, 0],
  'hl7ex_Diagnostic_Imaging.xml': [0, 0],
  'hl7ex_Discharge_Summary.xml': [10, 0],
  'hl7ex_History_and_Physical.xml': [9, 0],
  'hl7ex_Operative_Note.xml': [1, 0],
  'hl7ex_Referral_Note.xml': [9, 0],
  'hl7ex_UD_pdf_embedded1.xml': [0, 0],
  'hl7ex_UD_pdf_reference.xml': [0, 0],
  'hl7ex_UD_text.xml': [0, 0],
  'legacy_c32_va.xml': [7, 0],
  'neg_onc_missing_lastname.xml': [14, 0],
  'r11_epic_phr_lucy.xml': [3, 1],
  'r21_allscripts_2.2MB_bom.xml': [14, 0],
  'r21_onc_ds4p_b8.xml': [12, 1],
  'r21_scorecard_schema_errors.xml': [12, 1],
};

describeWith(['shared'], 'the sections of documents that others made', () => {
  test('all that are sent are counted here', () => {
    expect(Object.keys(COUNTS).sort()).toEqual([...sent()].sort());
  });

  test.each(Object.entries(COUNTS))('%s has %j', (file, [presentCount, emptyCount]) => {
    const { present, empty, missing } = overview(file);
    expect([present.length, empty.length]).toEqual([presentCount, emptyCount]);
    expect(present.length + empty.length + missing.length).toBe(14);
  });

  test('a Continuity of Care Document', () => {
    const { missing } = overview('hl7ex_CCD.xml');
    expect(missing).toEqual([
      'discharge-medications',
      'reason-for-referral',
      'discharge-instructions',
    ]);
  });

  test('a C32 of before C-CDA, by its codes', () => {
    expect(overview('legacy_c32_va.xml').present.join(' ')).toBe(
      'allergies encounters immunizations problems procedures results vital-signs',
    );
  });

  test('a portal that puts the nullFlavor of its problems into words ("Not on file")', () => {
    expect(overview('r11_epic_phr_lucy.xml')).toMatchObject({
      present: ['allergies', 'medications', 'results'],
      empty: ['problems'],
    });
  });

  test('a discharge summary with the later code of its medications', () => {
    expect(overview('hl7ex_Discharge_Summary.xml').present).toContain('discharge-medications');
  });

  test('together they have what each has: nothing is empty that another tells', () => {
    const together = overview('r21_onc_ds4p_b8.xml', 'hl7ex_Discharge_Summary.xml');
    expect(together).toMatchObject({ empty: [], missing: ['reason-for-referral'] });
  });
});
