import { describe, expect, test } from '@jest/globals';
import {
  MEANINGFUL_USE_SECTIONS,
  type SectionKey,
} from '../../../shared/record/sections/meaningful-use.ts';
import { coded, inBody, LOINC, problems, sectionsOf } from './sections-of.ts';

const section = (xml: string): string =>
  `<component><section>${xml}<text>Something</text></section></component>`;
const template = (root: string, more = ''): string => `<templateId root="${root}"${more}/>`;
const keysIn = (body: string): readonly string[] => Object.keys(sectionsOf(inBody(body))).sort();

const CCDA = '2.16.840.1.113883.10.20.22.2';
const EVERY_WAY: readonly (readonly [SectionKey, string])[] = MEANINGFUL_USE_SECTIONS.flatMap(
  ({ key, loinc, templates }) => [
    ...loinc.map((code) => [key, coded(code)] as const),
    ...templates.map((root) => [key, template(root)] as const),
    ...templates.map((root) => [key, template(root, ' extension="2015-08-01"')] as const),
  ],
);

describe('a section of the list is recognised', () => {
  test.each(EVERY_WAY)('%s, by %s', (key, by) => {
    expect(keysIn(section(by))).toEqual([key]);
  });

  test('each by ways that are its own', () => {
    const ways = MEANINGFUL_USE_SECTIONS.flatMap(({ loinc, templates }) => [
      ...loinc,
      ...templates,
    ]);
    expect(new Set(ways).size).toBe(ways.length);
    expect(MEANINGFUL_USE_SECTIONS).toHaveLength(14);
  });

  test('by its template rather than by its code, wherever they stand', () => {
    const [vitals, results] = [template(`${CCDA}.4.1`), coded('30954-2')];
    expect(keysIn(section(vitals + results))).toEqual(['vital-signs']);
    expect(keysIn(section(results + vitals))).toEqual(['vital-signs']);
  });

  test('by the first of its templates, or codes, that is of the list', () => {
    const other = template('1.2.3') + coded('1-1');
    const [problem, result] = [template(`${CCDA}.5`), template(`${CCDA}.3`)];
    expect(keysIn(section(other + problem + result + other))).toEqual(['problems']);
    const codes = coded('11450-4') + coded('30954-2');
    expect(keysIn(section(other + codes + other))).toEqual(['problems']);
  });

  test('by its code where its templates are of no list', () => {
    expect(keysIn(section(template('1.2.3') + coded('30954-2')))).toEqual(['results']);
  });

  test('by a code without a code system, and not by one of another', () => {
    expect(keysIn(section('<code code="11450-4"/>'))).toEqual(['problems']);
    expect(keysIn(section('<code code="11450-4" codeSystem="1.2.3"/>'))).toEqual([]);
  });

  test('by nothing else: neither title, nor translation, nor a code in its entries', () => {
    const title = '<title>Problems</title>';
    const translated = `<code code="X" codeSystem="${LOINC}"><translation code="11450-4" codeSystem="${LOINC}"/></code>`;
    const entry = `<entry>${coded('11450-4')}<act>${coded('11450-4')}${template(`${CCDA}.5`)}</act></entry>`;
    expect(keysIn(section(title + translated + entry))).toEqual([]);
  });

  test('and what stands in no attribute of no prefix is not its template', () => {
    expect(keysIn(section(`<templateId o:root="${CCDA}.5"/><code o:code="11450-4"/>`))).toEqual([]);
  });
});

const document = (xml: string): string =>
  `<ClinicalDocument xmlns="urn:hl7-org:v3">${xml}</ClinicalDocument>`;

describe('where sections are', () => {
  test('inside another section too, each on its own', () => {
    const inner = problems('<text>Asthma</text>');
    expect(sectionsOf(inBody(section(`${coded('18776-5')}${inner}`)))).toEqual({
      'care-plan': 'present',
      problems: 'present',
    });
    expect(keysIn(section(coded('1-1') + section(inner)))).toEqual(['problems']);
  });

  test('and what follows an inner section is of the outer one again', () => {
    const outer = `<component><section>${problems('')}${coded('30954-2')}<text>4.1</text></section></component>`;
    expect(sectionsOf(inBody(outer))).toEqual({ problems: 'empty', results: 'present' });
  });

  test.each([
    [
      'a section of another namespace',
      `<component><o:section>${coded('11450-4')}</o:section></component>`,
    ],
    [
      'a component of another namespace',
      `<o:component><section>${coded('11450-4')}</section></o:component>`,
    ],
    [
      'a code of another namespace',
      '<component><section><o:code code="11450-4"/></section></component>',
    ],
    ['a section outside a component', `<section>${coded('11450-4')}</section>`],
    ['what is no section in a component', `<component><act>${coded('11450-4')}</act></component>`],
    ['a section in an entry', section(`<entry><section>${coded('11450-4')}</section></entry>`)],
    ['a section in a narrative', section(`<text><section>${coded('11450-4')}</section></text>`)],
    ['a body that carries the code itself', `${coded('11450-4')}${template(`${CCDA}.5`)}`],
    ['nothing', ''],
  ])('not: %s', (_, body) => {
    expect(keysIn(body)).toEqual([]);
  });

  test('not in the header, not in a body that is no structured one, and not behind it', () => {
    const part = problems('<text>Asthma</text>');
    expect(sectionsOf(document(part))).toEqual({});
    expect(sectionsOf(document(`<component><nonXMLBody>${part}</nonXMLBody></component>`))).toEqual(
      {},
    );
    const second = `<structuredBody>${part}</structuredBody>`;
    const behind = `<component><structuredBody/>${part}${second}</component>${part}`;
    expect(sectionsOf(document(behind))).toEqual({});
  });
});
