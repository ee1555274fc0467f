import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { portalComponent } from '../../infra/portal/component.ts';
import { wordFaults } from '../../infra/portal/word-faults.ts';
import { en, enPages } from '../../portal/words/en.ts';
import { filled, languageOf, pageWordsIn, wordsIn } from '../../portal/words/words.ts';
import type { Texts } from './readability/groups.ts';
import { namesIn, nodesIn, shownIn, sources } from './support/sources.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the words of a build', () => {
  test('are there in both languages, with the same blanks', () => {
    expect(wordFaults()).toEqual([]);
    expect(wordFaults(en, en)).toEqual([]);
  });

  test.each<[string, Texts, Texts, readonly string[]]>([
    ['missing', { a: 'A', b: { c: 'C' } }, { a: 'A', b: {} }, ['b.c is missing in Spanish']],
    ['a whole group missing', { b: { c: 'C', d: 'D' } }, {}, ['b.c is missing', 'b.d is missing']],
    ['one too many', { a: 'A' }, { a: 'A', b: 'B' }, ['b is missing in English']],
    ['empty', { a: 'A' }, { a: '' }, ['a is missing in Spanish']],
    ['blank', { a: ' ' }, { a: 'A' }, ['a is missing in English']],
    ['a blank missing', { a: 'To {name}' }, { a: 'A' }, ['a has other {blanks}']],
    ['another blank', { a: '{name}' }, { a: '{nombre}' }, ['a has other {blanks}']],
    ['a blank more', { a: 'To' }, { a: 'A {to}' }, ['a has other {blanks}']],
  ])('fail it: %s', (_, one, other, faults) => {
    expect(wordFaults(one, other)).toEqual(faults.map((fault) => expect.stringContaining(fault)));
  });

  test('may have their blanks in another order', () => {
    expect(wordFaults({ a: '{n} of {m}' }, { a: 'De {m}, {n}' })).toEqual([]);
  });

  test('stop it, with every fault told', () => {
    const faults = ['The text a is missing in Spanish.', 'The text b is missing in Spanish.'];
    expect(() => portalComponent(ROOT, faults)).toThrow(
      'The portal was not built. The text a is missing in Spanish. The text b is missing in Spanish.',
    );
  });
});

/** Groups of which one is picked by a value of the API, or all are shown: their members are named nowhere. */
const PICKED = [
  'often',
  'copies.status',
  'copies.advice',
  'places.who',
  'provider.decision',
  'provider.method',
  'provider.identity',
  'pages.trouble',
];

/** Picked by a value of the API, beside others that are named. */
const VALUES = ['choose.mailbox'];

/** What is in the sources when one of them reads the text: its name, and that of the group that it is in. */
const readBy = (path: readonly string[]): readonly string[] =>
  path.filter((name) => name !== 'pages').slice(-2);

const namesOf = (texts: Texts, above: readonly string[] = []): readonly (readonly string[])[] =>
  Object.entries(texts).flatMap(([name, text]) => {
    const path = [...above, name];
    if (typeof text === 'string') return [path];
    return PICKED.includes(path.join('.')) ? [path] : namesOf(text, path);
  });

/** Those that no source reads. */
function unread(texts: Texts): readonly string[] {
  const read = new Set(sources().flatMap(({ nodes }) => [...namesIn(nodes)]));
  return namesOf(texts)
    .filter((path) => !readBy(path).every((name) => read.has(name)))
    .map((path) => path.join('.'))
    .filter((name) => !VALUES.includes(name));
}

describe('every text', () => {
  test('is read by some screen', () => {
    expect(unread(en)).toEqual([]);
  });

  test('that no screen reads is found', () => {
    const planted = { ...en, terms: { ...en.terms, farewell: 'Bye.' }, unheard: 'Hello.' };
    expect(unread(planted)).toEqual(['terms.farewell', 'unheard']);
  });

  test('of the pages is read by some page', () => {
    expect(unread({ pages: enPages })).toEqual([]);
  });

  test('that is shown is one of the words', () => {
    const strays = sources().flatMap(({ path, nodes }) =>
      shownIn(nodes).map((text) => `${path}: ${text}`),
    );
    expect(strays).toEqual([]);
  });

  test.each([
    ['<p>Hello</p>', ['Hello']],
    ['<p>{name} sent</p>', ['sent']],
    ["<p>{'Hello'}</p>", ['Hello']],
    ["<p>{is ? 'Yes' : no}</p>", ['Yes']],
    ["<p>{kind === 'bad' && words.back}</p>", []],
    ["<p>{kind === 'bad' && 'Bad'}</p>", ['Bad']],
    ['<p>{`${n} copies`}</p>', ['copies']],
    ['<img alt="A heart" class="big" />', ['A heart']],
    ['<Field label={\'Name\'} type="text" />', ['Name']],
    ['<button aria-label={`Stop ${to}`}>×</button>', ['Stop']],
  ])('that is none is found: %s', (source, shown) => {
    expect(shownIn(nodesIn(source))).toEqual(shown);
  });
});

describe('the language', () => {
  test.each([
    ['es', 'es'],
    ['ES-mx', 'es'],
    ['es-419', 'es'],
    ['en-US', 'en'],
    ['', 'en'],
    ['fr', 'en'],
    ['est', 'en'],
    ['de-ES', 'en'],
  ])('of lang="%s" is %s', (lang, language) => {
    expect(languageOf(lang)).toBe(language);
  });

  test('has words of its own', () => {
    expect([wordsIn('en').back, wordsIn('es').back]).toEqual(['Back', 'Volver']);
    expect([pageWordsIn('en').signIn, pageWordsIn('es').signIn]).toEqual(['Sign in', 'Entrar']);
  });
});

describe('a text with blanks', () => {
  test('has in them what it is given, wherever they stand', () => {
    expect(filled('{a} and {b}, {a}', { a: 'one', b: 'two' })).toBe('one and two, one');
  });

  test('keeps those that are not given, and what was filled in is not filled again', () => {
    expect(filled('{a} {b}', { a: '{b}' })).toBe('{b} {b}');
    expect(filled('{a}', { a: '$& $1' })).toBe('$& $1');
  });
});
