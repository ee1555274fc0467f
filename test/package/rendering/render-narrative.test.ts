import { describe, expect, test } from '@jest/globals';
import { markupOf } from './narrative-page.ts';

describe('the narrative of a section', () => {
  test.each([
    ['text', 'Takes <![CDATA[a < b & ]]>&lt;c&gt;', 'Takes a &lt; b &amp; &lt;c&gt;'],
    ['white space', 'a\n      b\t c&#160;d', 'a b c\u00a0d'],
    ['paragraphs', '<paragraph>One</paragraph><paragraph/>', '<p>One</p><p></p>'],
    ['line breaks', 'a<br/>b', 'a<br />b'],
    ['indices', 'H<sub>2</sub>O, m<sup>2</sup>', 'H<sub>2</sub>O, m<sup>2</sup>'],
    ['content, plain', '<content ID="c1">x</content>', 'x'],
    ['content in bold', '<content styleCode="xcut Bold">x</content>', '<b>x</b>'],
    ['content in italics', '<content styleCode="Italics">x</content>', '<i>x</i>'],
    ['content with weight', '<content styleCode="Emphasis">x</content>', '<em>x</em>'],
    ['text struck out', '<content revised="delete">10 mg</content>', '[struck out: 10 mg]'],
    ['text put in', '<content revised="insert">5 mg</content>', '5 mg'],
    ['a list', '<list><item>a</item><item>b</item></list>', '<ul><li>a</li><li>b</li></ul>'],
    ['a list in order', '<list listType="ordered"><item>a</item></list>', '<ol><li>a</li></ol>'],
    [
      'a list with a caption and without items',
      '<list><caption>None</caption></list>',
      '<p>None</p>',
    ],
    [
      'a list in a list',
      '<list><caption>C</caption><item>a<list><item>b</item></list></item></list>',
      '<p>C</p><ul><li>a<ul><li>b</li></ul></li></ul>',
    ],
    [
      'a table',
      '<table border="1" width="100%"><caption>C</caption><col/><thead><tr><th>H</th></tr></thead>' +
        '<tfoot><tr><td>F</td></tr></tfoot><tbody><tr><td>B</td></tr></tbody></table>',
      '<div><p>C</p><table><tr><th>H</th></tr><tr><td>B</td></tr><tr><td>F</td></tr></table></div>',
    ],
    [
      'cells that span others',
      '<table><tbody><tr><td colspan="2" rowspan=" 3 " align="left">B</td></tr></tbody></table>',
      '<div><table><tr><td colspan="2" rowspan="3">B</td></tr></table></div>',
    ],
    ['a link, by its text', '<linkHtml href="https://x.example/">see</linkHtml>', 'see'],
    [
      'a picture, by its caption',
      '<renderMultiMedia referencedObject="m1"><caption>Chest</caption></renderMultiMedia>',
      '<p>Chest</p>',
    ],
    ['a note', 'x<footnote>y</footnote>', 'xy'],
  ])('keeps %s', (_what, narrative, markup) => {
    expect(markupOf(narrative)).toBe(markup);
  });

  test.each([
    [
      'a paragraph with a list',
      '<paragraph>a<list><item>b</item></list></paragraph>',
      '<div>a<ul><li>b</li></ul></div>',
    ],
    [
      'bold text with a list',
      '<content styleCode="Bold"><list><item>b</item></list></content>',
      '<ul><li>b</li></ul>',
    ],
    ['text beside items', '<list>a<item>b</item></list>', '<ul><li>a</li><li>b</li></ul>'],
    [
      'text beside cells',
      '<table>a<tr>b<td>c</td></tr></table>',
      '<div><table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table></div>',
    ],
    ['a table without cells', 'a<table><tbody><tr/></tbody></table>', 'a<div></div>'],
    ['cells outside of a table', '<td>a</td><item>b</item>', 'ab'],
    [
      'a table in a cell',
      '<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>',
      '<div><table><tr><td><div><table><tr><td>a</td></tr></table></div></td></tr></table></div>',
    ],
    ['elements of HTML', '<p>a</p><b>b</b><span style="x">c</span>', 'abc'],
  ])('loses no text where it is not as CDA has it: %s', (_what, narrative, markup) => {
    expect(markupOf(narrative)).toBe(markup);
  });

  test('keeps long text whole, wherever its characters are wide', () => {
    const text = `a${'\u{1f600}'.repeat(3_000)}`;
    expect(markupOf(text)).toBe(text);
  });
});
