import { describe, expect, test } from '@jest/globals';
import { grow } from '../../../shared/package/read/bounded-xml.ts';
import { LIMITS } from '../../../shared/package/read/limits.ts';
import { CHUNK_BYTES } from '../../../shared/record/decode.ts';
import { growTree } from '../../../shared/record/xml-tree.ts';

const grown = (bytes: Uint8Array | string, doctype: 'refused' | 'ignored' = 'refused') =>
  grow(growTree(), Buffer.from(bytes), { doctype, maxBytes: LIMITS.xmlBytes });

/** A tag that never ends: whoever puts it together before judging it never comes to judge. */
const tagOf = (attributes: number): string =>
  `<a${Array.from({ length: attributes }, (_, at) => ` a${at}=""`).join('')}`;

const BEYOND = LIMITS.xmlAttributes + 1;
const DOCTYPE = '<!DOCTYPE html>';

describe('a tag of too many attributes', () => {
  test.each([
    ['in metadata', '', 'refused'],
    ['in a page', DOCTYPE, 'ignored'],
  ] as const)('is read up to the first that is too many, %s', (_, before, doctype) => {
    expect(grown(before + tagOf(BEYOND), doctype)).toBe('many attributes');
    expect(grown(before + tagOf(BEYOND - 1), doctype)).toBe('not well-formed');
    expect(grown(`${before + tagOf(BEYOND - 1)}/>`, doctype)).toBeUndefined();
  });

  test('and nothing behind it is looked at', () => {
    const behind = Buffer.alloc(CHUNK_BYTES, 0xff);
    const padding = ' '.repeat(CHUNK_BYTES);
    const bytes = (attributes: number) =>
      Buffer.concat([Buffer.from(tagOf(attributes) + padding), behind]);
    expect(grown(bytes(BEYOND))).toBe('many attributes');
    expect(grown(bytes(BEYOND - 1))).toBe('its encoding');
  });

  test('is one tag: each has its own', () => {
    expect(grown(`<a>${`${tagOf(BEYOND - 1)}/>`.repeat(3)}</a>`)).toBeUndefined();
  });

  test('declarations of namespaces count with them', () => {
    const declared = tagOf(BEYOND).replaceAll(/ a(\d+)=""/g, ' xmlns:a$1="urn:a"');
    expect(grown(declared)).toBe('many attributes');
  });
});

test('the name of an attribute is judged when it is there', () => {
  expect(grown(`<a ${'b'.repeat(LIMITS.xmlNameLength + 1)}="" `)).toBe('a long name');
  expect(grown(`<a ${'b'.repeat(LIMITS.xmlNameLength)}="" `)).toBe('not well-formed');
});

describe('a page', () => {
  test('may name entities that it does not define, when it has a DOCTYPE', () => {
    expect(grown(`${DOCTYPE}<a>&nbsp;<b/>&copy;</a>`, 'ignored')).toBeUndefined();
    expect(grown('<a>&nbsp;</a>', 'ignored')).toBe('not well-formed');
  });

  test.each(['<a><b></a>', '<a b=c/>', '<a>&nbsp;</b>', '<a b="" b=""/>'])(
    'is otherwise as well-formed as all else: %s',
    (markup) => {
      expect(grown(DOCTYPE + markup, 'ignored')).toBe('not well-formed');
    },
  );

  test('may have CDATA', () => {
    expect(grown(`${DOCTYPE}<a><![CDATA[<b>]]></a>`, 'ignored')).toBeUndefined();
  });
});
