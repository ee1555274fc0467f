import { describe, expect, test } from '@jest/globals';
import { languageFor, LANGUAGES } from '../../../shared/language.ts';
import { dateInWords, timeInWords } from '../../../shared/package/pages/dates.ts';
import { wordsIn, type Words } from '../../../shared/package/pages/words.ts';
import { easeOf, gradeOf } from './readability.ts';

const [english, spanish] = [wordsIn('en'), wordsIn('es')];

const sentencesOf = (words: Words): readonly string[] => [
  words.message('Green Street'),
  words.attachment('health-record.zip'),
  words.notice,
  words.sentBecause('Green Street'),
  words.unpackFirst,
  words.leftOut(1, 'Green Street'),
  words.leftOut(2, 'Green Street'),
  words.onlyAPage,
  words.noText,
  words.cut,
];

const textsOf = (words: Words): readonly string[] =>
  Object.entries({ ...words, ...words.readme, ...words.sexes, ...words.documentTypes }).flatMap(
    ([key, value]) => (typeof value === 'string' ? [`${key}: ${value}`] : []),
  );

describe('our words', () => {
  test.each(sentencesOf(english))('can be read at grade 8: %j', (sentence) => {
    expect(gradeOf(sentence)).toBeLessThanOrEqual(8);
  });

  test('can be read in Spanish after primary school', () => {
    expect(easeOf(sentencesOf(spanish).join(' '))).toBeGreaterThanOrEqual(60);
  });

  test('the measure tells a hard text from an easy one', () => {
    const hard =
      'Notwithstanding applicable confidentiality provisions, redisclosure of individually identifiable information necessitates authorization.';
    expect(gradeOf(hard)).toBeGreaterThan(16);
    expect(
      easeOf('La redivulgación indebida de información identificable requiere autorización.'),
    ).toBeLessThan(40);
  });

  test('are never those of another language', () => {
    const shared = textsOf(spanish).filter((text) => textsOf(english).includes(text));
    expect(shared).toEqual([]);
    expect(textsOf(spanish)).toHaveLength(textsOf(english).length);
  });

  test('name each type of C-CDA document in every language', () => {
    const codes = LANGUAGES.map((language) => Object.keys(wordsIn(language).documentTypes).sort());
    expect(codes[1]).toEqual(codes[0]);
  });
});

describe('a language', () => {
  test.each([
    ['en', 'en'],
    ['es', 'es'],
    ['es-MX', 'es'],
    ['ES', 'es'],
    ['fr', 'en'],
    ['', 'en'],
    ['esp', 'en'],
  ])('%j is written to in %s', (tag, language) => {
    expect(languageFor(tag)).toBe(language);
  });
});

describe('a date', () => {
  test.each([
    ['1984-03-09', 'March 9, 1984', '9 de marzo de 1984'],
    ['2026-12-31', 'December 31, 2026', '31 de diciembre de 2026'],
    ['2026-01', 'January 2026', 'enero de 2026'],
    ['2026', '2026', '2026'],
  ])('%s', (date, inEnglish, inSpanish) => {
    expect(dateInWords(date, english)).toBe(inEnglish);
    expect(dateInWords(date, spanish)).toBe(inSpanish);
  });

  test('a time says its zone', () => {
    const time = new Date('2026-03-03T23:59:59.999Z');
    expect(timeInWords(time, english)).toBe('March 3, 2026, 23:59 UTC');
    expect(timeInWords(time, spanish)).toBe('3 de marzo de 2026, 23:59 UTC');
  });
});
