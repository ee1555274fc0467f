import { describe, expect, test } from '@jest/globals';
import { checkDocument } from '../../../shared/record/intake.ts';
import { SAMPLE_TEXT } from '../../support/files.ts';

const verdictOn = (text: string | Uint8Array): string => {
  const checked = checkDocument(Buffer.from(text), 'text/plain');
  return checked.ok ? 'accepted' : checked.failure.code;
};

describe('plain text', () => {
  test.each([
    ['lines, tabs and pages', SAMPLE_TEXT],
    ['any script', 'Привет, 世界 \u{1f9ea}'],
    ['a byte order mark', '\ufeffText'],
  ])('is accepted with %s', (_, text) => {
    expect(verdictOn(text)).toBe('accepted');
  });

  test.each([
    ['nothing', ''],
    ['a NUL', 'a\0b'],
    ['an escape sequence', 'a\u001b[31mb'],
    ['a bell', '\u0007'],
    ['a vertical tab', '\u000b'],
    ['Latin-1', Buffer.from('Señora', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffText', 'utf16le')],
    ['half a character at the end', Buffer.from('é').subarray(0, 1)],
    ['half of a pair', Uint8Array.of(0xed, 0xa0, 0x80)],
  ])('record/not-text: %s', (_, text) => {
    expect(verdictOn(text)).toBe('record/not-text');
  });
});
