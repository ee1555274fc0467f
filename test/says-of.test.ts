import { expect, test } from '@jest/globals';
import { type FailureCode, FAILURES } from '../shared/failures.ts';
import { saysOf } from '../shared/says-of.ts';
import { LEFT_OVER } from './support/left-over-english.ts';

const CODES = Object.keys(FAILURES) as FailureCode[];

test('in English a code says what its rule says', () => {
  for (const code of CODES) expect(saysOf(code, 'en')).toBe(FAILURES[code].says);
});

test.each(CODES)('%s says one sentence in Spanish, and not the English one', (code) => {
  const says = saysOf(code, 'es');
  expect(says).toMatch(/^[A-ZÁÉÍÓÚÑ][^.!?]*(?:[.]\d[^.!?]*)*\.$/);
  expect(says).not.toBe(FAILURES[code].says);
  expect(says).not.toMatch(LEFT_OVER);
});

test('no two codes say the same in Spanish that say something else in English', () => {
  const english = new Map(CODES.map((code) => [saysOf(code, 'es'), FAILURES[code].says]));
  const doubled = CODES.filter((code) => english.get(saysOf(code, 'es')) !== FAILURES[code].says);
  expect(doubled).toEqual([]);
});

/** Numbers, and what is written in capitals. */
const marks = (text: string): readonly string[] =>
  text.match(/\d[\d,]*|\b[A-Z]{2,}[A-Za-z0-9]*\b/g)?.sort() ?? [];

test('numbers and names of standards are the same in both languages', () => {
  for (const code of CODES) expect(marks(saysOf(code, 'es'))).toEqual(marks(FAILURES[code].says));
});
