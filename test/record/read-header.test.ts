import { describe, expect, test } from '@jest/globals';
import { checkClinicalDocument } from '../../shared/record/intake.ts';
import { readHeader } from '../../shared/record/read-header.ts';
import { cpuMsOf } from '../support/cpu.ts';

const TITLE = 'A title';
const document = (header: string, root = 'ClinicalDocument xmlns="urn:hl7-org:v3"'): Buffer =>
  Buffer.from(`<?xml version="1.0"?>\n<${root}>${header}</${root.split(/\s/)[0]}>\n`);

describe('the sender reads in a header what the check read', () => {
  test.each([
    ['references', '<title>A &#116;&#x69;tle</title>', TITLE],
    [
      'references that look like others',
      '<title>&amp;lt;&lt;&gt;&quot;&apos;</title>',
      '&lt;<>"\'',
    ],
    ['character data', '<title>A <![CDATA[<title>]]> &amp; more</title>', 'A <title> & more'],
    ['a comment inside', '<title>A <!-- > </title> -->title</title>', TITLE],
    ['an instruction inside', '<title>A <?go <title>?>title</title>', TITLE],
    ['lines', '<title>A\r\n  title\n</title>', TITLE],
    ['a foreign element inside', '<title>A <b xmlns="urn:x">no</b>title</title>', TITLE],
    [
      'a default namespace that ends',
      '<x xmlns=""><title>no</title></x><title>A title</title>',
      TITLE,
    ],
    ['a prefix of its own', '<h:title xmlns:h="urn:hl7-org:v3">A title</h:title>', TITLE],
    [
      'a prefix that means another here',
      '<a xmlns:h="urn:hl7-org:v3"/><h:title xmlns:h="urn:x"/>',
      undefined,
    ],
    ['an empty title before it', '<title/><title>A title</title>', undefined],
    [
      'characters beyond the first plane',
      '<title>&#x1f600; \u{1f600}</title>',
      '\u{1f600} \u{1f600}',
    ],
  ])('%s', (_, header, title) => {
    const bytes = document(header);
    const checked = checkClinicalDocument(bytes);
    const read = readHeader(bytes);

    expect(checked.ok && checked.value.header.title).toBe(title);
    expect(read).toEqual({ ok: true, value: checked.ok && checked.value.header });
  });

  test.each([
    ['single quotes', "<languageCode code='en-US'/>", 'en-US'],
    ['quotes of the other kind inside', `<languageCode code='"'/>`, '"'],
    ['an angle bracket inside', '<languageCode code="a>b"/>', 'a>b'],
    ['blanks around the sign', '<languageCode\n  code = "en"\t/>', 'en'],
    ['ends of lines and tabs', '<languageCode code="a\tb\r\nc"/>', 'a b c'],
    ['references', '<languageCode code="&lt;&#101;&#x6E;"/>', '<en'],
    ['an end of line by its number', '<languageCode code="a&#10;b"/>', undefined],
    [
      'an attribute with a prefix',
      '<languageCode xmlns:h="urn:hl7-org:v3" h:code="no"/>',
      undefined,
    ],
    [
      'a name that every object has',
      '<languageCode constructor="x" __proto__="y" code="en"/>',
      'en',
    ],
  ])('an attribute with %s', (_, header, language) => {
    const bytes = document(header);
    const checked = checkClinicalDocument(bytes);

    expect(checked.ok && checked.value.header.language).toBe(language);
    expect(readHeader(bytes)).toEqual({ ok: true, value: checked.ok && checked.value.header });
  });

  test('a document under a prefix', () => {
    const header = '<h:title>A title</h:title><h:component><h:nonXMLBody/></h:component>';
    const bytes = document(header, 'h:ClinicalDocument xmlns:h="urn:hl7-org:v3"');
    const checked = checkClinicalDocument(bytes);

    expect(checked).toMatchObject({
      ok: true,
      value: { header: { title: TITLE, body: 'unstructured' } },
    });
    expect(readHeader(bytes)).toEqual({ ok: true, value: checked.ok && checked.value.header });
  });

  test.each([16_170, 32_550])(
    'markup that is cut by the end of a chunk, behind %i blanks and more',
    (blanks) => {
      for (let more = 0; more < 200; more += 1) {
        const title = '<!-- > --><title a="b">&amp;<![CDATA[>]]><?go ?></title>';
        const bytes = document(' '.repeat(blanks + more) + title);

        expect(readHeader(bytes)).toMatchObject({ ok: true, value: { title: '&>' } });
      }
    },
  );
});

describe('bytes that were never checked', () => {
  test.each([
    ['nothing', ''],
    ['no markup', 'MSH|^~\\&|'],
    ['a tag without an end', `<ClinicalDocument ${'a="b" '.repeat(10_000)}`],
    ['a name without an end', `<${'a'.repeat(500_000)}`],
    ['an attribute without a value', `<a ${'b'.repeat(500_000)}`],
    ['a document that is not closed', '<ClinicalDocument xmlns="urn:hl7-org:v3"><title>'],
    ['a DOCTYPE', '<!DOCTYPE ClinicalDocument><ClinicalDocument/>'],
  ])('are no header: %s', (_, text) => {
    expect(readHeader(Buffer.from(text))).toMatchObject({
      failure: { code: 'record/not-well-formed' },
    });
  });

  test.each([
    ['record/too-deep', '<a>'.repeat(300)],
    ['record/header-too-large', '<a/>'.repeat(30_000)],
    ['record/not-clinical-document', '<ClinicalDocument xmlns="urn:x"/>'],
    ['record/header-too-large', ' '.repeat(1_100_000)],
    ['record/bad-encoding', Buffer.of(0x3c, 0x61, 0x3e, 0xff)],
  ])('are %s within the bounds of the check', (code, bytes) => {
    expect(readHeader(Buffer.from(bytes))).toMatchObject({ failure: { code } });
  });
});

const prefixesAt = (level: number): string =>
  Array.from({ length: 120 }, (_, index) => ` xmlns:p${120 * level + index}="u"`).join('');

test('thousands of namespaces, of which each element declares one more, cost the sender no more than the check', () => {
  const inside = Array.from({ length: 60 }, (_, level) => `<a${prefixesAt(level)}>`).join('');
  const bytes = document(`${inside}${'<b xmlns="v"/>'.repeat(4_000)}${'</a>'.repeat(60)}`);

  const checkMs = cpuMsOf(() => expect(checkClinicalDocument(bytes).ok).toBe(true));
  const readMs = cpuMsOf(() => expect(readHeader(bytes).ok).toBe(true));
  expect(readMs).toBeLessThan(10 * Math.max(checkMs, 10));
});

test('a prefix that every object has means what is declared, and nothing where it is not', () => {
  const bytes = document(
    '<__proto__:title xmlns:__proto__="urn:hl7-org:v3">A title</__proto__:title>',
  );
  const checked = checkClinicalDocument(bytes);

  expect(checked).toMatchObject({ ok: true, value: { header: { title: TITLE } } });
  expect(readHeader(bytes)).toEqual({ ok: true, value: checked.ok && checked.value.header });
});
