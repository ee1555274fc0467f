import { describe, expect, test } from '@jest/globals';
import { syllablesInEnglish } from './readability/english-syllables.ts';
import { syllablesInSpanish } from './readability/spanish-syllables.ts';

/** Words counted by hand, by how many syllables they have. */
type Counted = Readonly<Record<number, string>>;

const pairsIn = (counted: Counted): readonly (readonly [string, number])[] =>
  Object.entries(counted).flatMap(([count, words]) =>
    words.split(' ').map((word) => [word, Number(count)] as const),
  );

describe('English syllables', () => {
  test.each<[string, Counted]>([
    ['plain', { 1: 'a we day sign', 2: 'doctor record', 3: 'hospital', 4: 'information' }],
    ['with a silent e', { 1: 'time name whole share names', 2: 'decline address sometimes' }],
    ['with a silent -ed', { 1: 'changed stopped typed called', 2: 'removed received settled' }],
    ['with an -ed that is heard', { 2: 'ended wanted needed', 3: 'accepted' }],
    ['with an e that is heard', { 1: 'the she', 2: 'table people places', 3: 'messages examples' }],
    ['with a silent e inside', { 2: 'safely something statement', 3: 'completely requirement' }],
    ['with vowels apart', { 2: 'being going create diet', 3: 'usual radio created' }],
    ['with vowels together', { 1: 'friend guard eight', 2: 'patient special question' }],
    ['with an apostrophe', { 1: "don't can't we're", 2: "isn't doesn’t patient's" }],
    ['that break the rules', { 2: 'ID business', 3: 'HIV PDF anyone', 4: 'recipient everybody' }],
  ])('%s', (_, counted) => {
    const words = pairsIn(counted);
    expect(words.map(([word]) => [word, syllablesInEnglish(word)])).toEqual(words);
  });
});

describe('Spanish syllables', () => {
  test.each<[string, Counted]>([
    ['plain', { 1: 'no con', 2: 'copia gato', 3: 'persona', 4: 'enfermedad' }],
    [
      'with a diphthong',
      { 1: 'bien pues', 2: 'nuestro', 3: 'atención cuidado', 5: 'especialidad' },
    ],
    ['with an accent that parts vowels', { 2: 'día guía país', 3: 'envíe', 4: 'todavía' }],
    ['with two strong vowels', { 2: 'leer real', 3: 'correo', 4: 'aéreo' }],
    ['with a u that is not heard', { 1: 'que quien', 3: 'guitarra', 4: 'seguiremos' }],
    ['with a u that is heard', { 2: 'agua', 3: 'bilingüe vergüenza guardado' }],
    ['that end in y', { 1: 'y muy hoy', 2: 'estoy' }],
    ['with an h between vowels', { 3: 'ahora prohíbe', 4: 'vehículo' }],
    ['with capitals', { 2: 'DÍA', 3: 'Envíe' }],
  ])('%s', (_, counted) => {
    const words = pairsIn(counted);
    expect(words.map(([word]) => [word, syllablesInSpanish(word)])).toEqual(words);
  });
});
