import { describe, expect, test } from '@jest/globals';
import { LCM, RIM } from '../../../shared/package/metadata/ebrim.ts';
import { readBack } from '../../../shared/package/metadata/read-back.ts';
import type { XmlElement } from '../../../shared/record/xml-tree.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { packageAndRead, parseXml } from '../read-package.ts';
import { inputOf } from '../sample-input.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const TRICKY = '<a b="c">"d" & \'e\'</a> \u{1f9ea} \u00e9 ]]>';

const plain = (root: XmlElement | undefined): unknown => JSON.parse(JSON.stringify(root?.children));

describe('metadata is read back', () => {
  const { metadata } = packageAndRead(
    inputOf(sampleCcda(), sampleCcda({ title: TRICKY, family: TRICKY })),
  );

  test('as any other reader of XML reads it', () => {
    expect(plain(readBack(metadata))).toEqual(plain(parseXml(metadata, LCM, RIM)));
    expect(metadata).toContain('&lt;a b=&quot;c&quot;&gt;');
  });

  test.each([
    ['nothing', ''],
    ['another declaration', '<?xml version="1.0"?>\n<A/>\n'],
    ['no element', DECLARATION],
    ['two elements', `${DECLARATION}<A/><B/>\n`],
    ['text around', `${DECLARATION}<A/>more\n`],
    ['text in front', `${DECLARATION}more<A/>\n`],
    ['no end', `${DECLARATION}<A>\n`],
    ['half a tag', `${DECLARATION}<A>\n<B\n`],
    ['an end too many', `${DECLARATION}<A/></A>\n`],
    ['another end', `${DECLARATION}<A><B></A></B>\n`],
    ['an attribute twice', `${DECLARATION}<A b="1" b="2"/>\n`],
    ['an attribute without quotes', `${DECLARATION}<A b=1/>\n`],
    ['a tag within a value', `${DECLARATION}<A b="<"/>\n`],
    ['a bare ampersand', `${DECLARATION}<A>b & c</A>\n`],
    ['an entity that is not ours', `${DECLARATION}<A>&nbsp;</A>\n`],
    ['a prefix', `${DECLARATION}<a:A/>\n`],
    ['a comment', `${DECLARATION}<A><!-- b --></A>\n`],
    ['a control character', `${DECLARATION}<A>\u0001</A>\n`],
    ['half a character', `${DECLARATION}<A>\ud800</A>\n`],
  ])('but not with %s', (_, text) => {
    expect(readBack(text)).toBeUndefined();
  });

  test('with everything else in its place', () => {
    expect(readBack(`${DECLARATION}<A b="&lt;1&gt;">c&amp;d<E/></A>\n`)?.children).toEqual([
      {
        name: 'A',
        attributes: { b: '<1>' },
        text: 'c&d',
        children: [{ name: 'E', attributes: {}, text: '', children: [] }],
      },
    ]);
  });
});
