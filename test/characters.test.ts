import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isAllSeen, oneLine, PERSONAL_NAME } from '../shared/characters.ts';
import { displayName } from '../shared/secure/mime/header-line.ts';
import { escapeXml } from '../shared/package/xml.ts';
import { cases } from './support/counts.ts';

const decoded = (words: readonly string[]): string =>
  words
    .map((word) => /^=\?utf-8\?B\?(.*)\?=$/.exec(word)?.[1])
    .map((word, at) => (word ? Buffer.from(word, 'base64').toString() : words[at]))
    .join('');

describe('one set of characters that nobody sees, wherever text of others is kept or shown', () => {
  test.each([
    ['a line break', '\n'],
    ['a control', '\u0007'],
    ['a separator of lines', '\u2028'],
    ['an Arabic letter mark', '\u061c'],
    ['a left-to-right mark', '\u200e'],
    ['a right-to-left mark', '\u200f'],
    ['a right-to-left override', '\u202e'],
    ['an isolate', '\u2066'],
    ['a byte order mark', '\ufeff'],
    ['a blank of no width', '\u200b'],
    ['half a character', '\ud800'],
  ])('%s is in no name, and a blank elsewhere', (_, character) => {
    const text = `é${character}b`;
    expect(PERSONAL_NAME.test(text)).toBe(false);
    expect(isAllSeen(text)).toBe(false);
    expect(oneLine(text, 100)).toBe('é b');
    expect(decoded(displayName(text))).toBe('é b');
    expect(escapeXml(text)).toBe('é b');
  });

  test.each(['José', "O'Brien-Łuk", '山田 花子', 'علی\u200cرضا', 'श्री\u200dमान', '𠮷田'])(
    'a name as its owner writes it stays as it is: %s',
    (name) => {
      expect(PERSONAL_NAME.test(name)).toBe(true);
      expect(isAllSeen(name)).toBe(true);
      expect(oneLine(name, 100)).toBe(name);
      expect(decoded(displayName(name))).toBe(name);
    },
  );

  test('whatever the text: one line is all seen, no longer than asked, and made so once for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, maxLength) => {
        const line = oneLine(text, maxLength);
        expect(line.length).toBeLessThanOrEqual(maxLength);
        expect(isAllSeen(line)).toBe(true);
        expect(oneLine(line, maxLength)).toBe(line);
      }),
      { numRuns: cases(200) },
    );
  });
});

test('one line of more blanks than a stack holds is one blank', () => {
  expect(oneLine(`a${' \u0000'.repeat(3_000_000)}b`, 10)).toBe('a b');
});
