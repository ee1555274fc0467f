import { describe, expect, test } from '@jest/globals';
import { overviewOf } from '../../../shared/record/sections/found.ts';
import { MEANINGFUL_USE_SECTIONS } from '../../../shared/record/sections/meaningful-use.ts';
import { watchSections } from '../../../shared/record/sections/watch.ts';
import { coded, inBody, problems, sectionsOf } from './sections-of.ts';

const stateOf = (body: string): string | undefined => sectionsOf(inBody(body)).problems;

const NARRATIVE = '<text>No information</text>';
const ENTRY = '<entry><act classCode="ACT" moodCode="EVN"><id root="1.2"/></act></entry>';
const NULL_ENTRY = '<entry><act nullFlavor="NI"><id root="1.2"/></act></entry>';
const STATEMENTS =
  'act encounter observation observationMedia organizer procedure regionOfInterest substanceAdministration supply';

describe('present is a section that says something', () => {
  test.each([
    ['in an entry', ENTRY],
    ['in an entry with no narrative', `<text/>${ENTRY}`],
    ['in an entry beside one that says nothing', NULL_ENTRY + ENTRY + NULL_ENTRY],
    ['in an entry that has a template id first', `<entry><templateId root="1.2"/><act/></entry>`],
    ['in an entry that denies something', '<entry><act negationInd="true"/></entry>'],
    ['in its narrative alone, whatever the words', NARRATIVE],
    ['deep in its narrative', '<text><table><tbody><tr><td> x </td></tr></tbody></table></text>'],
    ['in a narrative of CDATA', '<text><![CDATA[x]]></text>'],
    ['in a narrative of references', '<text>&#x41;</text>'],
    ['in a narrative longer than the parser reads at once', `<text>${' '.repeat(50_000)}x</text>`],
    ['in a section inside', `<component><section>${NARRATIVE}</section></component>`],
    [
      'with a nullFlavor that is void',
      '</section></component><component><section nullFlavor="">' + coded('11450-4') + ENTRY,
    ],
  ])('%s', (_, xml) => {
    expect(stateOf(problems(xml))).toBe('present');
  });

  test.each(STATEMENTS.split(' '))('in an entry with %s', (statement) => {
    expect(stateOf(problems(`<entry><${statement}/></entry>`))).toBe('present');
  });
});

describe('empty is a section that says nothing', () => {
  test.each([
    ['with nothing in it', ''],
    ['with an empty narrative', '<text/>'],
    ['with a narrative of blanks', '<text>\n <paragraph>\u00a0</paragraph>\r\n<br/></text>'],
    ['with a narrative that has a nullFlavor', '<text nullFlavor="NI">No information</text>'],
    ['with words that are no narrative', '<title>Problems</title>words<o:text>words</o:text>'],
    ['with an entry in which nothing is', '<entry/>'],
    ['with an entry in which no statement is', '<entry><templateId root="1.2"/></entry>'],
    ['with a statement behind an entry', '<entry/><subject><act/></subject>'],
    ['with an entry of another namespace', `<o:entry><act/></o:entry>`],
    ['with a statement of another namespace', `<entry><o:act/></entry>`],
    ['with an entry that has a nullFlavor', `<entry nullFlavor="NI"><act/></entry>`],
    ['with such an entry, put into words', `${NARRATIVE}<entry nullFlavor="NI"><act/></entry>`],
    ['with a statement that has a nullFlavor, put into words', NARRATIVE + NULL_ENTRY],
    ['with an empty section inside', '<component><section><text/></section></component>'],
  ])('%s', (_, xml) => {
    expect(stateOf(problems(xml))).toBe('empty');
  });

  test.each(['NI', 'NA', 'UNK', 'NASK', 'MSK'])(
    'with nullFlavor %s, whatever is in it',
    (flavor) => {
      const inner = `<component><section>${NARRATIVE}</section></component>`;
      const attributes = ` nullFlavor="${flavor}"`;
      expect(stateOf(problems(NARRATIVE + ENTRY + inner, attributes))).toBe('empty');
    },
  );
});

describe('the best state wins', () => {
  test('of a section that a document has twice', () => {
    expect(stateOf(problems('') + problems(ENTRY))).toBe('present');
    expect(stateOf(problems(ENTRY) + problems(''))).toBe('present');
    expect(stateOf(problems('') + problems(''))).toBe('empty');
  });

  test('across documents, and every section of the list is in one of the three', () => {
    const { present, empty, missing } = overviewOf([
      { sections: { problems: 'empty', results: 'present', allergies: 'empty' } },
      {},
      { sections: { problems: 'present', results: 'empty', allergies: 'empty' } },
    ]);
    expect(present).toEqual(['problems', 'results']);
    expect(empty).toEqual(['allergies']);
    expect(missing).toHaveLength(MEANINGFUL_USE_SECTIONS.length - 3);
    expect(missing.slice(0, 2)).toEqual(['encounters', 'immunizations']);
  });

  test('of no document at all everything is missing', () => {
    expect(overviewOf([])).toMatchObject({ present: [], empty: [] });
    expect(overviewOf([]).missing).toHaveLength(14);
  });
});

const tag = (local: string) => ({ local, uri: 'urn:hl7-org:v3', attributes: {} }) as never;

describe('a body of any shape is accepted, and costs what its size costs', () => {
  test('10,000 sections leave no more than the list has', () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      at % 2 ? problems(ENTRY) : `<component><section>${coded(`${at}-0`)}</section></component>`,
    ).join('');
    expect(sectionsOf(inBody(many))).toEqual({ problems: 'present' });
  });

  test('sections inside each other, as deep as a document may be', () => {
    const nested = '<component><section>'.repeat(96);
    const end = '</section></component>'.repeat(96);
    expect(sectionsOf(inBody(`${nested}${problems(ENTRY)}${end}`))).toEqual({
      problems: 'present',
    });
  });

  test.each([
    '</section></section>',
    '</ClinicalDocument>',
    '<component><section><text></section></component>',
    '<component><section></ClinicalDocument><component><section><text>x',
  ])('that is broken is refused for that alone: %s', (xml) => {
    expect(() => sectionsOf(inBody(xml))).toThrow('record/not-well-formed');
  });

  test('text is asked for only where it can still say something', () => {
    let heard: ((text: string) => void) | undefined;
    const watch = watchSections();
    watch.begins((asked) => (heard = asked));
    for (const local of ['component', 'section']) watch.opened(tag(local));
    expect(heard).toBeUndefined();
    watch.opened(tag('text'));
    heard?.(' \n');
    expect(heard).toBeDefined();
    heard?.('x');
    expect(heard).toBeUndefined();
  });

  test('of a narrative that says nothing, no text is asked for behind it', () => {
    let heard: ((text: string) => void) | undefined;
    const watch = watchSections();
    watch.begins((asked) => (heard = asked));
    for (const local of ['component', 'section', 'text']) watch.opened(tag(local));
    watch.closed();
    expect(heard).toBeUndefined();
  });
});
