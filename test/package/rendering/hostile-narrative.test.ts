import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cases } from '../../support/counts.ts';
import { cpuMsOf } from '../../support/cpu.ts';
import { describeWith } from '../../support/needs.ts';
import { addressesIn, elements, strangers, wordsOf, xmllint } from '../pages/xhtml-basic.ts';
import { pageOf, pageOfDocument, section, withBody } from './narrative-page.ts';

const OWN_LINKS = ['DOC00001.XML', '../../INDEX.HTM'];

const HOSTILE: readonly (readonly [what: string, narrative: string])[] = [
  ['a script', '<script>alert(1)</script>ok'],
  [
    'a script of HTML',
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml" src="https://x.example/">alert(1)</h:script>ok',
  ],
  ['a style', '<style>@import "https://x.example/";</style>ok'],
  [
    'handlers',
    '<paragraph onclick="alert(1)" onmouseover="alert(1)"><content onload="alert(1)">ok</content></paragraph>',
  ],
  ['a link that runs', '<linkHtml href="javascript:alert(1)">ok</linkHtml>'],
  ['a link of HTML', '<a href="data:text/html,alert(1)">ok</a>'],
  ['a frame', '<iframe src="https://x.example/" srcdoc="alert(1)">ok</iframe>'],
  [
    'a picture from elsewhere',
    '<img src="https://x.example/p.gif" onerror="alert(1)"/><renderMultiMedia referencedObject="https://x.example/"/>ok',
  ],
  ['an object', '<object data="https://x.example/"><embed src="https://x.example/"/>ok</object>'],
  [
    'a form',
    '<form action="https://x.example/"><input type="password" autofocus="autofocus"/>ok</form>',
  ],
  [
    'a new base',
    '<base href="https://x.example/"/><meta http-equiv="refresh" content="0;url=https://x.example/"/>ok',
  ],
  [
    'a drawing',
    '<s:svg xmlns:s="http://www.w3.org/2000/svg" onload="alert(1)"><s:a xmlns:k="http://www.w3.org/1999/xlink" k:href="javascript:alert(1)">ok</s:a></s:svg>',
  ],
  [
    'markup as text',
    '&lt;script&gt;x&lt;/script&gt;<![CDATA[<iframe src="https://x.example/"></iframe>]]>ok',
  ],
  ['the end of the page as text', '&lt;/body&gt;&lt;/html&gt;ok'],
  [
    'a comment and a processing instruction',
    '<!-- <script>alert(1)</script> --><?php alert(1) ?>ok',
  ],
  [
    'spans that never end',
    '<table><tr><td colspan="99999999999" rowspan="-1">ok</td><td colspan="1e9" rowspan="0x7f">a</td><td colspan="2&quot; onclick=&quot;alert(1)">b</td></tr></table>',
  ],
  [
    'styles',
    '<table style="position:fixed" class="x" id="y"><tr><td style="background:url(https://x.example/)" styleCode="Bold &quot; onclick=&quot;x">ok</td></tr></table>',
  ],
  [
    'names of what every object has',
    '<constructor>ok</constructor><__proto__/><toString/><content styleCode="constructor" revised="__proto__">x</content>',
  ],
];

const deep = (name: string, times: number): string =>
  `${`<${name}>`.repeat(times)}ok${`</${name.split(' ')[0]}>`.repeat(times)}`;

describe('hostile narrative', () => {
  test.each(HOSTILE)('becomes text in plain markup: %s', (_what, narrative) => {
    const page = pageOf(narrative);
    expect(strangers(page)).toEqual([]);
    expect(addressesIn(page)).toEqual(OWN_LINKS);
    expect(elements(page, 'td').flatMap(({ attributes }) => Object.keys(attributes))).toEqual([]);
    expect(page).not.toMatch(/<(?:script|style|iframe|img|object|embed|form|input|base|svg)/i);
    expect(wordsOf(page)).toMatch(/ok/);
  });

  test('leaves a script out, code and all', () => {
    expect(
      pageOf('<script>alert(1)</script><paragraph><style>x{}</style>ok</paragraph>'),
    ).not.toMatch(/alert|x\{/);
  });

  test('hostile titles are text', () => {
    const page =
      pageOfDocument(withBody(section('ok', '<b onclick="x">T</b>&lt;script&gt;'))) ?? '';
    expect(strangers(page)).toEqual([]);
    expect(page).toContain('<h2>T&lt;script&gt;</h2>');
  });

  test('elements in each other as deep as the intake lets them are rendered', () => {
    for (const name of [
      'content styleCode="Bold"',
      'paragraph',
      'sub',
      'list',
      'item',
      'table',
      'td',
      'x',
    ]) {
      const page = pageOf(deep(name, 190));
      expect(strangers(page)).toEqual([]);
      expect(wordsOf(page)).toMatch(/ok$/);
    }
  });
});

const CUT = 'The document goes on. It is too long to be shown here in full.';

const sizes = (narrative: string) => {
  const bytes = withBody(section(narrative));
  const page = pageOfDocument(bytes) ?? '';
  return { page, size: Buffer.byteLength(page), limit: 3 * bytes.length + 65_536 };
};

describe('a page for reading has its bounds', () => {
  test('in time: blanks in a hundred lists are looked at once, not at every level', () => {
    const blanks = ' '.repeat(6_000_000);
    const listed = (levels: number): string =>
      `${'<list><item>'.repeat(levels)}<x>${blanks}</x>ok${'</item></list>'.repeat(levels)}`;
    const flat = withBody(section(listed(1)));
    const nested = withBody(section(listed(90)));
    const flatMs = cpuMsOf(() => pageOfDocument(flat));

    expect(cpuMsOf(() => pageOfDocument(nested))).toBeLessThan(2.2 * flatMs);
  });

  test.each([
    ['text that markup makes longer', '"'.repeat(300_000)],
    ['rows of one letter', `<table>${'x<q/>'.repeat(60_000)}</table>`],
  ])('in bytes, and says that it was cut: %s', (_what, narrative) => {
    const { page, size, limit } = sizes(narrative);
    expect(size).toBeLessThanOrEqual(limit);
    expect(strangers(page)).toEqual([]);
    expect(wordsOf(page).slice(-CUT.length)).toBe(CUT);
  });

  test('in what is held at once', () => {
    const { page } = sizes('<br/>'.repeat(200_001));
    expect(wordsOf(page).slice(-CUT.length)).toBe(CUT);
  });

  test('which a real one does not meet', () => {
    const row = '<tr><td ID="r1">Potassium</td><td>4.1 mmol/L</td></tr>';
    const { page } = sizes(`<table><tbody>${row.repeat(3_000)}</tbody></table>`);
    expect(wordsOf(page).slice(-CUT.length)).not.toBe(CUT);
    expect(elements(page, 'tr').length).toBeGreaterThanOrEqual(3_000);
  });
});

const NAMES =
  'paragraph list item table thead tbody tfoot tr th td caption col content br sub sup linkHtml renderMultiMedia footnote script iframe p'.split(
    ' ',
  );

const narratives = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc
      .stringMatching(/^[a-z"'&\u00e9\u{1f600} ]{0,8}$/u)
      .map((text) => text.replaceAll('&', '&amp;')),
    fc
      .record({
        name: fc.constantFrom(...NAMES),
        attribute: fc.constantFrom(
          '',
          ' styleCode="Bold"',
          ' colspan="3"',
          ' onclick="x"',
          ' revised="delete"',
        ),
        children: fc.array(tie('node') as fc.Arbitrary<string>, { maxLength: 4 }),
      })
      .map(
        ({ name, attribute, children }) => `<${name}${attribute}>${children.join('')}</${name}>`,
      ),
  ),
}));

describe('whatever stands in a narrative', () => {
  test('the page is XHTML Basic, links to its own files, and keeps every letter but those of scripts', () => {
    fc.assert(
      fc.property(narratives.node, (narrative) => {
        const page = pageOf(narrative);
        expect(strangers(page)).toEqual([]);
        expect(addressesIn(page)).toEqual(OWN_LINKS);
        expect(lettersOf(markupAfterHeading(page))).toEqual(lettersOf(withoutScripts(narrative)));
      }),
      { numRuns: cases(200, 2_000) },
    );
  });
});

/** Counted, not in order: captions and the heads of tables are moved to where they are read. */
const lettersOf = (markup: string): string =>
  Array.from(markup.replace(/<[^>]*>/g, '').replace(/&\w+;|&#39;|[^a-z\u00e9\u{1f600}]/gu, ''))
    .sort()
    .join('');

const markupAfterHeading = (page: string): string =>
  page
    .slice(page.indexOf('<h2>Section</h2>') + 16)
    .replaceAll('This part has no text.', '')
    .replaceAll('[struck out: ', '');

const withoutScripts = (narrative: string): string => {
  const less = narrative.replace(/<script[^>]*>(?:(?!<\/?script)[^])*<\/script>/g, '');
  return less === narrative ? less : withoutScripts(less);
};

describeWith(['xmllint'], 'a parser of XML that is not ours', () => {
  test.each(HOSTILE)(
    'has nothing against the page of hostile narrative: %s',
    (_what, narrative) => {
      expect(xmllint(pageOf(narrative))).toBe('');
    },
  );
});
