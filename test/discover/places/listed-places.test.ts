import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { listedPlaces } from '../../../shared/discover/places/listed-places.ts';
import type { Place } from '../../../shared/discover/places/places.ts';
import { folded, foldedWords } from '../../../shared/discover/places/words.ts';
import { cases } from '../../support/counts.ts';
import { anyPlaces, anySearch, place } from './samples.ts';

const find = async (among: readonly Place[], typed: string, limit = 20) => {
  const found = await listedPlaces(among).find(foldedWords(typed), limit);
  return found.ok ? found.value : [];
};

const LAKESIDE = place('Lakeside Clinic', 'records@direct.lakeside.example', {
  place: '12 Shore Road, Portland, OR 97201',
});
const SMILE = place('Clínica Sonrisa', 'hola@sonrisa.example', { specialty: 'Odontología' });
const PORTLAND = place('Portland Heart Center', 'in@direct.phc.example', {
  specialty: 'Cardiology',
});
const LIST = [LAKESIDE, SMILE, PORTLAND];

describe('a search', () => {
  test.each([
    ['what no word begins with finds nothing', 'sono', []],
    ['the beginning of a word finds the name', 'sonr', [SMILE]],
    ['capitals without accents find the name that has some', 'CLINICA', [SMILE]],
    ['accents find the name that has none', 'lakésidé', [LAKESIDE]],
    ['a place is found by where it is', '97201', [LAKESIDE]],
    ['a place is found by its specialty', 'odontologia', [SMILE]],
    ['a place is found by the domain of its address', 'phc', [PORTLAND]],
    ['words of different kinds count together', 'heart cardio phc', [PORTLAND]],
    ['of two words both have to be of one place', 'lakeside cardiology', []],
    ['the local part, which is often a person, finds nobody', 'hola', []],
  ])('%s: %s', async (_, typed, found) => {
    expect(await find(LIST, typed)).toEqual(found);
  });

  test('finds first whose name it is, then who is there', async () => {
    expect(await find(LIST, 'portland')).toEqual([PORTLAND, LAKESIDE]);
  });

  test('finds first whose name begins with the word, and who has the word whole', async () => {
    const ordered = [
      place('Lee Clinic', 'a@d.example'),
      place('Leeds Clinic', 'b@d.example'),
      place('Bruce Lee Clinic', 'c@d.example'),
    ];
    expect(await find(ordered.toReversed(), 'lee')).toEqual(ordered);
  });

  test('finds a place once, although several of its words begin so', async () => {
    const twice = place('Lake Lakeside', 'lake@lake.example', { place: 'Lake' });
    expect(await find([twice], 'lake')).toEqual([twice]);
  });

  test('without words finds nobody', async () => {
    expect(await find(LIST, '')).toEqual([]);
  });
});

const wordsOf = (each: Place): readonly string[] =>
  [each.name, each.place ?? '', each.specialty ?? '', each.address.split('@')[1] ?? ''].flatMap(
    (text) => folded(text).split(/[^\p{L}\p{N}]+/u),
  );
const matches = (each: Place, typed: string): boolean =>
  foldedWords(typed).every((word) => wordsOf(each).some((own) => own.startsWith(word)));

describe('of any list', () => {
  test('all that match are found, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlaces, anySearch, async (among, typed) => {
        const found = await find(among, typed, 1000);
        expect(new Set(found)).toEqual(new Set(among.filter((each) => matches(each, typed))));
        expect(found).toHaveLength(new Set(found).size);
      }),
      { numRuns: cases(200) },
    );
  });

  test('the order is the same however the list is ordered, and the limit cuts its end off', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPlaces.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        anySearch,
        fc.integer({ min: 1, max: 10 }),
        async ([among, shuffled], typed, limit) => {
          const all = await find(among, typed, 1000);
          expect(await find(shuffled, typed, limit)).toEqual(all.slice(0, limit));
        },
      ),
      { numRuns: cases(200) },
    );
  });

  test('who has a word in the name comes before who has it elsewhere only', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlaces, anySearch, async (among, typed) => {
        const elsewhere = (each: Place): number =>
          foldedWords(typed).filter(
            (word) => !foldedWords(each.name).some((own) => own.startsWith(word)),
          ).length;
        const found = (await find(among, typed, 1000)).map(elsewhere);
        expect(found).toEqual(found.toSorted((one, other) => one - other));
      }),
      { numRuns: cases(100) },
    );
  });
});

test('among twenty thousand places a search takes no time that anybody notices', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) =>
    place(`Clinic ${n} of the West`, `c${n}@direct.c${n % 500}.example`, {
      place: `Town ${n % 90}`,
    }),
  );
  const list = listedPlaces(many);
  const begun = process.cpuUsage();
  for (const typed of ['c', 'clinic 19999', 'w t c 1 2 3 4 5', 'town 7 c7']) {
    expect((await list.find(foldedWords(typed), 20)).ok).toBe(true);
  }
  const { user, system } = process.cpuUsage(begun);
  expect((user + system) / 1000).toBeLessThan(2000);
});

test('the words of a search are at most what was typed, each once', () => {
  expect(foldedWords(' Straße, STRASSE; ångström-Lake O’Neil ')).toEqual([
    'strasse',
    'angstrom',
    'lake',
    'o',
    'neil',
  ]);
});
