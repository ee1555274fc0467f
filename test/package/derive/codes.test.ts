import { describe, expect, test } from '@jest/globals';
import { facilityTypeOf, languageOf, typeCodeOf } from '../../../shared/package/derive/codes.ts';
import { formatCodeOf } from '../../../shared/package/derive/format-code.ts';
import { confidentialityOf } from '../../../shared/record/sensitivity.ts';
import { inputOf } from '../sample-input.ts';
import { headerWith } from './sample-header.ts';

const { fallbacks } = inputOf();
const LOINC = '2.16.840.1.113883.6.1';

const coded = (code: string, codeSystem: string | undefined, displayName?: string) => ({
  code,
  codeSystem,
  displayName,
});

const template = (root: string, extension?: string) => ({
  root: `2.16.840.1.113883.10.20.22.1.${root}`,
  extension,
});

describe('codes of documents are believed only in the form of a code', () => {
  test.each([
    ['a C-CDA type by its own name', coded('18842-5', LOINC), 'Discharge summary'],
    [
      'another LOINC code by the name it brings',
      coded('34847-4', LOINC, 'Surgery Consult note'),
      'Surgery Consult note',
    ],
    ['another LOINC code without a name', coded('34847-4', LOINC), '34847-4'],
    ['garbage', coded('jsalkjfaeuiauewyfaiwry', LOINC), undefined],
    ['a code of a system that is not LOINC', coded('34133-9', '1.2.3'), undefined],
    ['a code of no system', coded('34133-9', undefined), undefined],
  ])('type: %s', (_, code, display) => {
    expect(typeCodeOf(headerWith({ code }))?.display).toBe(display);
  });

  test.each([
    ['N', '2.16.840.1.113883.5.25', 'N'],
    ['R', '2.16.840.1.113883.5.25', 'R'],
    ['V', undefined, 'V'],
    ['PSY', '2.16.840.1.113883.6.96', 'N'],
    ['jsalkjfaeuiauewyfaiwry', '2.16.840.1.113883.5.25', 'N'],
    ['constructor', '2.16.840.1.113883.5.25', 'N'],
  ])('confidentiality %s of %s is %s', (code, system, expected) => {
    expect(confidentialityOf(headerWith({ confidentiality: coded(code, system) }))).toBe(expected);
  });

  test.each([
    ['en-US', 'en-US'],
    ['en', 'en'],
    ['eng', 'en'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['asdyfautsyuatdsfiutsafiutsafia', 'en-US'],
    ['en_US', 'en-US'],
    [undefined, 'en-US'],
  ])('language %s is %s', (language, expected) => {
    expect(languageOf(headerWith({ language }))).toBe(expected);
  });

  test.each([
    ['SNOMED CT', coded('22232009', '2.16.840.1.113883.6.96', 'Hospital'), '22232009'],
    ['RoleCode', coded('HOSP', '2.16.840.1.113883.5.111'), 'HOSP'],
    ['HSLOC', coded('1060-3', '2.16.840.1.113883.6.259'), '1060-3'],
    ['garbage', coded('ward 7', '2.16.840.1.113883.6.259'), '264372000'],
    ['a system that every object has', coded('x', 'constructor'), '264372000'],
    ['nothing', undefined, '264372000'],
  ])('facility: %s', (_, facility, expected) => {
    expect(facilityTypeOf(headerWith({ facility }), fallbacks).code).toBe(expected);
  });

  test.each([
    [
      'release 2.1 beside the older claim',
      [template('1'), template('1', '2015-08-01')],
      'structured',
      'ccda-structuredBody:2.1',
    ],
    [
      'release 2.1, unstructured',
      [template('1', '2015-08-01')],
      'unstructured',
      'ccda-nonXMLBody:2.1',
    ],
    ['release 1.1', [template('1'), template('2')], 'structured', 'ccda-structuredBody:1.1'],
    [
      'release 2.0 beside the older claim',
      [template('1'), template('1', '2014-06-09')],
      'unstructured',
      'ccda-nonXMLBody:1.1',
    ],
    ['release 2.0 alone', [template('1', '2014-06-09')], 'structured', undefined],
    ['a document that is no C-CDA', [template('15')], 'structured', undefined],
  ] as const)('format: %s', (_, templateIds, body, expected) => {
    expect(formatCodeOf(headerWith({ templateIds, body }))?.display).toBe(expected);
  });
});
