import { describe, expect, test } from '@jest/globals';
import type { Reachability } from '../../portal/api/views.ts';
import * as typed from '../../portal/choose/typed-addresses.ts';
import { type Known, verdictsOf } from '../../portal/choose/verdict.ts';
import { en } from '../../portal/words/en.ts';

const LEE = 'dr.lee@clinic.example';
const words = en.choose;

const texts = ({ lines }: typed.TypedAddresses) => lines.map((line) => line.typed);
const filledIn = (...all: readonly string[]): typed.TypedAddresses => ({
  lines: all.map((text, at) => ({ id: at + 1, typed: text, isLeft: true })),
});

describe('the address fields', () => {
  test('what is typed is not left yet; an empty field that is passed by stays unspoken of', () => {
    const value = typed.typedInto(1, 'dr', typed.ONE_FIELD);
    expect(value.lines).toEqual([{ id: 1, typed: 'dr', isLeft: false }]);
    expect(typed.left(1, value).lines[0]?.isLeft).toBe(true);
    expect(typed.left(1, typed.typedInto(1, ' ', value)).lines[0]?.isLeft).toBe(false);
    expect(typed.allLeft(typed.ONE_FIELD).lines[0]?.isLeft).toBe(true);
  });

  test('only the field that is typed into or left changes', () => {
    const value = filledIn('one', 'two');
    expect(texts(typed.typedInto(2, 'three', value))).toEqual(['one', 'three']);
    expect(typed.typedInto(2, 'three', value).lines[0]?.isLeft).toBe(true);
    const both = typed.typedInto(1, 'x', typed.typedInto(2, 'y', value));
    expect(typed.left(2, both).lines.map(({ isLeft }) => isLeft)).toEqual([false, true]);
  });

  test('another one gets the focus, and an id that none of them has', () => {
    const value = typed.withAnother(typed.without(2, filledIn('one', 'two', 'three')));
    expect(value.lines.map(({ id }) => id)).toEqual([1, 3, 4]);
    expect(value.goTo).toEqual({ at: 2 });
  });

  test.each([
    [1, 0],
    [2, 0],
    [3, 1],
  ])('field %i is taken away, and the focus goes to the one at %i', (id, at) => {
    const value = typed.without(id, filledIn('one', 'two', 'three'));
    expect(value.lines.map((line) => line.id)).not.toContain(id);
    expect([value.lines.length, value.goTo, value.removed]).toEqual([
      2,
      { at },
      ['one', 'two', 'three'][id - 1],
    ]);
  });

  test('what was found goes into the first empty field', () => {
    const value = typed.withChosen(LEE, filledIn('one', ' ', ''));
    expect(texts(value)).toEqual(['one', LEE, '']);
    expect([value.goTo, value.lines[1]?.isLeft]).toEqual([{ at: 1 }, true]);
  });

  test('else into a new one, and only once', () => {
    const value = typed.withChosen(LEE, filledIn('one'));
    expect(texts(value)).toEqual(['one', LEE]);
    expect(value.lines[1]?.isLeft).toBe(true);
    const again = typed.withChosen(LEE, value);
    expect([texts(again), again.goTo]).toEqual([['one', LEE], { at: 1 }]);
  });

  test('nowhere when there are as many as there may be', () => {
    const all = Array.from({ length: typed.MOST_ADDRESSES }, (_, at) => `${at}`);
    expect(texts(typed.withChosen(LEE, filledIn(...all)))).toEqual(all);
    expect(texts(typed.withChosen(LEE, filledIn(...all.slice(1))))).toHaveLength(10);
  });
});

const answered = (body: Omit<Reachability, 'address'>): Known => ({
  [LEE]: { ok: true, body: { address: LEE, ...body } },
});
const refusedWith = (canTryAgain: boolean): Known => ({
  [LEE]: { ok: false, problem: { code: 'a/b', sentence: 'No.', canTryAgain } },
});
const verdictOn = (known: Known, text = LEE) => verdictsOf([text], known, words)[0];
const good = (says: string, warning = '') => ({ kind: 'good', address: LEE, warning, says });
const wrong = (why: string) => ({ kind: 'wrong', why, isEarly: false });

describe('what is said of an address', () => {
  test.each([
    ['is not known yet', {}, { ...good(words.checking), kind: 'checking' }],
    [
      'is a mailbox of somebody',
      answered({ reachability: 'reachable', proved: 'mailbox', organization: 'Clinic' }),
      { ...good(`This address belongs to Clinic. ${words.mailbox}`), owner: 'Clinic' },
    ],
    [
      'is of a service with a common name only',
      answered({ reachability: 'reachable', proved: 'service', commonName: 'clinic.example' }),
      {
        ...good(`This address belongs to clinic.example. ${words.service}`),
        owner: 'clinic.example',
      },
    ],
    [
      'is of both, and of that nobody knows whether it holds',
      answered({
        reachability: 'reachable',
        proved: 'service',
        organization: 'Clinic',
        commonName: 'clinic.example',
        caution: 'trust/revocation-unknown',
      }),
      {
        ...good(`This address belongs to Clinic. ${words.service}`, words.caution),
        owner: 'Clinic',
      },
    ],
    [
      'is of nobody who is named',
      answered({ reachability: 'reachable', proved: 'service' }),
      good(words.service),
    ],
    [
      'cannot be reached',
      answered({ reachability: 'not-reachable', code: 'a/b', sentence: 'Nobody there.' }),
      wrong('Nobody there.'),
    ],
    [
      'may be reached or not',
      answered({ reachability: 'cannot-tell-now', code: 'a/b', sentence: 'No answer.' }),
      good(words.notNow),
    ],
    [
      'somebody else finds out about',
      answered({ reachability: 'unknown', sentence: 'Others find out.' }),
      good('Others find out.'),
    ],
    ['the API has no time for', refusedWith(true), good(words.notNow)],
    ['the API refuses', refusedWith(false), wrong('No.')],
  ])('that %s', (_, known, verdict) => {
    expect(verdictOn(known)).toEqual(verdict);
  });

  test('a look-alike is warned of whatever else there is to say', () => {
    const address = 'a@xn--clnic-0sa.example';
    const warning = 'Look closely: xn--clnic-0sa.example. Some letters look like others.';
    const as = (answer: Known[string]) => ({ [address]: answer });
    const body = { address, sentence: 'Nobody there.' };
    expect(verdictOn({}, address)).toMatchObject({ kind: 'checking', warning });
    expect(
      verdictOn(as({ ok: true, body: { ...body, reachability: 'cannot-tell-now' } }), address),
    ).toMatchObject({ kind: 'good', warning });
    expect(
      verdictOn(as({ ok: true, body: { ...body, reachability: 'not-reachable' } }), address),
    ).toEqual(wrong(`Nobody there. ${warning}`));
    const reachable = { ...body, reachability: 'reachable', caution: 'trust/revocation-unknown' };
    expect(verdictOn(as({ ok: true, body: reachable as Reachability }), address)).toMatchObject({
      warning: `${warning} ${words.caution}`,
    });
  });
});

describe('what is said of several', () => {
  const of = (...all: readonly string[]) => verdictsOf(all, {}, words);

  test('an empty field counts only where there is nothing else', () => {
    expect(of('', ' ')).toEqual([
      { kind: 'wrong', why: words.empty, isEarly: true },
      { kind: 'empty' },
    ]);
    expect(of('', LEE).map(({ kind }) => kind)).toEqual(['empty', 'checking']);
  });

  test('the second of the same is wrong, in whatever case and however it is typed', () => {
    expect(of(LEE, `<DR.LEE@clinic.example>`, 'a@clinic.example')).toEqual([
      expect.objectContaining({ kind: 'checking' }),
      wrong(words.repeated),
      expect.objectContaining({ kind: 'checking' }),
    ]);
  });

  test.each([
    ['dr', words.noAt, true],
    ['dr@clinic', words.bad, true],
    ['dr\u200b', words.hidden, false],
    ['d'.repeat(300), words.long, false],
  ])('%j is wrong, and whether more letters may mend it', (text, why, isEarly) => {
    expect(of(text)).toEqual([{ kind: 'wrong', why, isEarly }]);
  });
});
