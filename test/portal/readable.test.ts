import { describe, expect, test } from '@jest/globals';
import { colemanLiauGrade, fleschKincaidGrade } from './readability/english.ts';
import { ENGLISH, faultsOf, type Ruler, SPANISH } from './readability/faults.ts';
import { type Group, groupsIn } from './readability/groups.ts';
import { fernandezHuerta, inflesz } from './readability/spanish.ts';
import { measured, proseOf, sentencesOf, withoutBlanks, wordsOf } from './readability/text.ts';

describe.each([
  ['English, for the eighth grade or below', 'en', ENGLISH],
  ['Spanish, fairly easy for patients', 'es', SPANISH],
] as const)('%s', (_, language, ruler) => {
  test.each(groupsIn(language).map((group) => [group.name, group] as const))('%s', (__, group) => {
    expect(faultsOf(group, ruler)).toEqual([]);
  });

  test('has screens, a consent text and failures', () => {
    const names = groupsIn(language).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'terms',
        'pages',
        'consent text 2026-11-22.md',
        'failures of trust',
        'activity',
      ]),
    );
  });
});

const found = (group: Partial<Group>, ruler: Ruler): readonly string[] =>
  faultsOf({ name: 'terms', texts: [], isForPeople: true, ...group }, ruler);

describe('a text that is too hard is named', () => {
  const HARD =
    'Notwithstanding any previously communicated authorization, transmission of documentation continues.';
  const DIFICIL =
    'No obstante cualquier autorización comunicada anteriormente, la transmisión de documentación continuará.';

  test.each([
    ['English', HARD, ENGLISH, ['Flesch-Kincaid grade 29.9', 'Coleman-Liau grade 39.1']],
    ['Spanish', DIFICIL, SPANISH, ['INFLESZ -2.4', 'Fernández Huerta 4.7']],
  ])('with its screen and its grade: %s', (_, text, ruler, grades) => {
    expect(found({ texts: [text] }, ruler)).toEqual(
      expect.arrayContaining([
        ...grades.map((grade) => `terms: ${grade}`),
        `terms: ${text}: ${grades[0]}`,
      ]),
    );
  });

  test('also where all around it is easy', () => {
    const easy = Array.from({ length: 60 }, () => 'We can send it to you now.');
    expect(found({ texts: [...easy, HARD] }, ENGLISH)).toContain(
      `terms: ${HARD}: Flesch-Kincaid grade 29.9`,
    );
    expect(found({ texts: easy }, ENGLISH)).toEqual([]);
  });

  test('by its letters, where its syllables are few', () => {
    const letters = 'Strength throughout brought straight thoughts.';
    expect(found({ texts: [letters] }, ENGLISH)).toEqual(['terms: Coleman-Liau grade 26.5']);
  });

  test('also on a button, by its words', () => {
    expect(found({ texts: ['Authorization'] }, ENGLISH)).toEqual([
      'terms: the word Authorization has 5 syllables',
    ]);
    expect(found({ texts: ['Electroencefalograma'] }, SPANISH)).toEqual([
      'terms: the word Electroencefalograma has 9 syllables',
    ]);
    expect(found({ texts: ['Authorization'], isForPeople: false }, ENGLISH)).toEqual([]);
  });
});

describe('the formulas', () => {
  const cat = measured(['The cat sat on the mat']);
  const gato = measured(['El gato come pan']);

  test.each([
    // Six words, six syllables, seventeen letters; four words and six syllables.
    ['Flesch-Kincaid', fleschKincaidGrade(cat), 0.39 * 6 + 11.8 * 1 - 15.59],
    ['Coleman-Liau', colemanLiauGrade(cat), 0.0588 * (1700 / 6) - 0.296 * (100 / 6) - 15.8],
    ['INFLESZ', inflesz(gato), 206.835 - 62.3 * 1.5 - 4],
    ['Fernández Huerta', fernandezHuerta(gato), 206.84 - 60 * 1.5 - 1.02 * 4],
  ])('%s', (_, measure, byHand) => {
    expect(measure).toBeCloseTo(byHand, 6);
  });

  test.each([
    ['inflesz', inflesz],
    ['Fernández Huerta', fernandezHuerta],
  ])('%s finds two short sentences easier than a long one', (_, ease) => {
    const [one, other] = ['El gato come pan', 'el perro duerme mucho'];
    expect(ease(measured([one, other]))).toBeGreaterThan(ease(measured([`${one} ${other}`])));
  });
});

describe('a text', () => {
  test('is its sentences, and lines', () => {
    expect(sentencesOf('Stop? Not yet. Wait…\nIt goes on! See page 1.2 now')).toEqual([
      'Stop?',
      'Not yet.',
      'Wait…',
      'It goes on!',
      'See page 1.2 now',
    ]);
  });

  test('is its words: numbers and what has an apostrophe are some, signs are none', () => {
    expect(wordsOf("¿Adónde? – don't, it’s 200 @ e-mail")).toEqual([
      'Adónde',
      "don't",
      'it’s',
      '200',
      'e',
      'mail',
    ]);
  });

  test('has a plain word for each blank, and no marks of Markdown', () => {
    expect(withoutBlanks('{name} sent {n}.')).toBe('Ana sent Ana.');
    expect(proseOf('## How\n\n- **We** lock')).toBe('How\n\nWe lock');
  });
});
