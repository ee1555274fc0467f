import { describe, expect, test } from '@jest/globals';
import { CHUNK_BYTES, decoded } from '../../shared/record/decode.ts';

const decode = (bytes: Uint8Array): string => {
  let text = '';
  for (const chunk of decoded(bytes)) {
    if (!chunk.ok) return chunk.failure.code;
    text += chunk.value;
  }
  return text;
};

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const declared = (encoding: string, ...more: readonly number[]): Uint8Array =>
  Buffer.concat([ascii(`<?xml version="1.0" encoding="${encoding}"?>`), Uint8Array.from(more)]);
const utf16 = (text: string, order: 'le' | 'be'): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

describe('a document is decoded by its mark and its declaration', () => {
  test.each([
    ['UTF-8 undeclared', Buffer.from('<a>é漢</a>'), '<a>é漢</a>'],
    ['UTF-8 with a mark, which stays', Buffer.from('\ufeff<a>é</a>'), '\ufeff<a>é</a>'],
    ['UTF-16, little end first', utf16('<a>é漢</a>', 'le'), '\ufeff<a>é漢</a>'],
    ['UTF-16, big end first', utf16('<a>é漢</a>', 'be'), '\ufeff<a>é漢</a>'],
  ])('%s', (_, bytes, text) => {
    expect(decode(bytes)).toBe(text);
  });

  test.each([
    ['ISO-8859-1', 0xe9, 'é'],
    ['iso-8859-1', 0x92, '\u0092'],
    ['windows-1252', 0x92, '’'],
    ['US-ASCII', 0x41, 'A'],
    ['utf-8', 0x41, 'A'],
  ])('%s declared: byte %i', (encoding, byte, character) => {
    expect(decode(declared(encoding, byte)).slice(-1)).toBe(character);
  });

  test('a declaration in single quotes counts', () => {
    const bytes = Buffer.concat([
      ascii("<?xml version='1.0' encoding='ISO-8859-1'?>"),
      Uint8Array.of(0xe9),
    ]);
    expect(decode(bytes).slice(-1)).toBe('é');
  });

  test('a character may lie across two chunks', () => {
    const text = `${'x'.repeat(CHUNK_BYTES - 1)}漢字`;
    expect(decode(Buffer.from(text))).toBe(text);
  });
});

describe('record/bad-encoding: nothing is guessed', () => {
  test.each([
    ['a byte that UTF-8 does not have', Uint8Array.of(0x3c, 0x61, 0xe9, 0x3e)],
    ['a character cut off at the end', Uint8Array.of(0x3c, 0xe6, 0xbc)],
    ['a byte over 127 in US-ASCII', declared('US-ASCII', 0xe9)],
    ['UTF-16 declared, bytes of one each', declared('UTF-16')],
    ['UTF-16 with half a surrogate pair', utf16('<a>\ud800</a>', 'le')],
    ['a mark of UTF-16 and UTF-8 declared', utf16('<?xml version="1.0" encoding="UTF-8"?>', 'le')],
    [
      'a mark of UTF-8 and Latin-1 declared',
      Buffer.from('\ufeff<?xml version="1.0" encoding="ISO-8859-1"?>'),
    ],
    ['an encoding that is not read', declared('EBCDIC-CP-US')],
    ['a name that every object has', declared('constructor')],
    ['a declaration without an end', ascii(`<?xml version="1.0" ${' '.repeat(500)}`)],
  ])('record/bad-encoding: %s', (_, bytes) => {
    expect(decode(bytes)).toBe('record/bad-encoding');
  });
});
