import { describe, expect, test } from '@jest/globals';
import { readAddress } from '../../portal/address/read.ts';
import type { Reachability } from '../../portal/api/views.ts';
import { foundIn } from '../../portal/choose/known.ts';
import * as typed from '../../portal/choose/typed-addresses.ts';
import { type Known, verdictsOf } from '../../portal/choose/verdict.ts';
import { en } from '../../portal/words/en.ts';

const LEE = 'dr.lee@clinic.example';
const words = en.choose;

const filledIn = (...lines: readonly string[]): typed.TypedAddresses => ({ lines });

describe('the address fields', () => {
  test('only the field that is typed into changes', () => {
    expect(typed.typedInto(1, 'three', filledIn('one', 'two'))).toEqual(filledIn('one', 'three'));
  });

  test('what is typed after Share was pressed is not what was to be sent', () => {
    const pressed = { ...filledIn('one', 'two'), isPressed: true };
    const deeds = [
      typed.typedInto(0, 'three', pressed),
      typed.withAnother(pressed),
      typed.without(0, pressed),
      typed.withChosen(LEE, pressed),
      typed.withChosen('two', pressed),
    ];
    expect(deeds.map(({ isPressed }) => isPressed)).toEqual(deeds.map(() => undefined));
  });

  test('another one gets the focus', () => {
    expect(typed.withAnother(filledIn('one', 'two'))).toEqual({
      lines: ['one', 'two', ''],
      goTo: { at: 2 },
    });
  });

  test.each([
    [0, ['two', 'three'], 'one', 0],
    [1, ['one', 'three'], 'two', 0],
    [2, ['one', 'two'], 'three', 1],
  ])(
    'field %i is taken away, said, and the focus goes to one beside it',
    (at, lines, removed, to) => {
      const value = typed.without(at, filledIn('one', 'two', 'three'));
      expect(value).toEqual({ lines, removed, goTo: { at: to } });
    },
  );

  test('what was found goes into the first empty field', () => {
    expect(typed.withChosen(LEE, filledIn('one', ' ', ''))).toEqual({
      lines: ['one', LEE, ''],
      goTo: { at: 1 },
    });
  });

  test('else into a new one, and only once', () => {
    const value = typed.withChosen(LEE, filledIn('one'));
    expect(value).toEqual({ lines: ['one', LEE], goTo: { at: 1 } });
    const again = typed.withChosen(LEE, value);
    expect(again).toEqual(value);
    // Another object each time: the focus goes there once more.
    expect(again.goTo).not.toBe(value.goTo);
    expect(typed.withChosen(LEE, filledIn('', ` ${LEE}`))).toEqual({
      lines: ['', LEE],
      goTo: { at: 1 },
    });
  });

  test('nowhere when there are as many as there may be', () => {
    const all = Array.from({ length: typed.MOST_ADDRESSES }, (_, at) => `${at}`);
    expect(typed.withChosen(LEE, filledIn(...all)).lines).toEqual(all);
    expect(typed.withChosen(LEE, filledIn(...all.slice(1))).lines).toHaveLength(10);
  });
});

const answered = (body: Omit<Reachability, 'address'>): Known => ({
  [LEE]: { address: LEE, ...body },
});
const verdicts = (all: readonly string[], known: Known = {}) =>
  verdictsOf(all.map(readAddress), known, words);
const verdictOn = (known: Known, text = LEE) => verdicts([text], known)[0];
const good = (says: string, warning = '') => ({ address: LEE, warning, says });
const wrong = (why: string) => ({ wrong: why, warning: '' });

describe('what is said of an address', () => {
  test.each([
    ['is not known yet', {}, { ...good(words.checking), isChecking: true }],
    [
      'is a mailbox of somebody',
      answered({ reachability: 'reachable', proved: 'mailbox', organization: 'Clinic' }),
      good(`This address belongs to Clinic. ${words.mailbox}`),
    ],
    [
      'is of a service with a common name only',
      answered({ reachability: 'reachable', proved: 'service', commonName: 'clinic.example' }),
      good(`This address belongs to clinic.example. ${words.service}`),
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
      good(`This address belongs to Clinic. ${words.service}`, words.caution),
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
      'cannot be reached, and nobody says why',
      answered({ reachability: 'not-reachable' }),
      wrong(''),
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
  ])('that %s', (_, known, verdict) => {
    expect(verdictOn(known)).toEqual(verdict);
  });

  test('a look-alike is warned of whatever else there is to say', () => {
    const address = 'a@xn--clnic-0sa.example';
    const warning = 'Look closely: xn--clnic-0sa.example. Some letters look like others.';
    const as = (is: Omit<Reachability, 'address'>): Known => ({ [address]: { address, ...is } });
    const sentence = 'Nobody there.';
    expect(verdictOn({}, address)).toMatchObject({ isChecking: true, warning });
    expect(verdictOn(as({ reachability: 'cannot-tell-now', sentence }), address)).toEqual({
      address,
      says: words.notNow,
      warning,
    });
    expect(verdictOn(as({ reachability: 'not-reachable', sentence }), address)).toEqual({
      wrong: sentence,
      warning,
    });
    const caution = 'trust/revocation-unknown';
    expect(verdictOn(as({ reachability: 'reachable', caution }), address)).toMatchObject({
      warning: `${warning} ${words.caution}`,
    });
  });
});

describe('what was found out', () => {
  test('is what the API says', () => {
    const body: Reachability = { address: LEE, reachability: 'reachable', proved: 'mailbox' };
    expect(foundIn(LEE, { ok: true, body })).toBe(body);
  });

  test.each([
    [true, 'cannot-tell-now'],
    [false, 'not-reachable'],
  ])('where it says nothing, and may do so a little later: %s', (canTryAgain, reachability) => {
    const problem = { code: 'a/b', sentence: 'No.', canTryAgain };
    const found = { address: LEE, sentence: 'No.', reachability };
    expect(foundIn(LEE, { ok: false, problem })).toEqual(found);
  });
});

describe('what is said of several', () => {
  test('an empty field counts only where there is nothing else', () => {
    expect(verdicts(['', ' '])).toEqual([{ wrong: words.empty, isEarly: true }, {}]);
    expect(verdicts(['', LEE])).toEqual([{}, expect.objectContaining({ isChecking: true })]);
  });

  test('the second of the same is wrong, in whatever case and however it is typed', () => {
    expect(verdicts([LEE, `<DR.LEE@clinic.example>`, 'a@clinic.example'])).toEqual([
      expect.objectContaining({ isChecking: true }),
      { wrong: words.repeated },
      expect.objectContaining({ isChecking: true }),
    ]);
  });

  test.each([
    ['dr', words.noAt, true],
    ['dr@clinic', words.bad, true],
    ['dr\u200b', words.hidden, false],
    ['d'.repeat(300), words.long, false],
  ])('%j is wrong, and whether more letters may mend it', (text, why, isEarly) => {
    expect(verdicts([text])).toEqual([{ wrong: why, isEarly }]);
  });
});
