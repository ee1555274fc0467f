import { describe, expect, test } from '@jest/globals';
import type { Consent } from '../../shared/consent/consent.ts';
import { mayShare } from '../../shared/consent/may-share.ts';
import { consentTexts, currentText, textOf } from '../../shared/consent/texts.ts';
import { type ConsentId, sha256 } from '../../shared/ids.ts';
import { done, fail } from '../../shared/outcome.ts';

const OLD = { language: 'en', version: '2025-12-31', text: 'Old.' };
const NEW = { language: 'en', version: '2026-01-01', text: 'New.' };
const SPANISH = { language: 'es', version: '2025-01-01', text: 'Texto.' };
const TEXTS = consentTexts([NEW, OLD, SPANISH]);

const NOW = new Date('2026-11-23T00:00:00.000Z');

const said = (id: string, hour: number, more: Partial<Consent> = {}): Consent =>
  ({
    id: id as ConsentId,
    decision: 'accepted',
    text: { language: NEW.language, version: NEW.version, sha256: sha256(NEW.text) },
    at: `2026-11-22T${String(hour).padStart(2, '0')}:00:00.000Z`,
    ...more,
  }) as Consent;

describe('the texts', () => {
  test('of a language have one that is current: the latest, however they are listed', () => {
    expect(currentText(TEXTS, 'en')).toEqual(done({ ...NEW, sha256: sha256('New.') }));
    expect(currentText(TEXTS.toReversed(), 'en')).toMatchObject({ value: NEW });
    expect(currentText(TEXTS, 'es')).toMatchObject({ value: SPANISH });
    expect(currentText(TEXTS, 'fr')).toEqual(fail('consent/unknown-text'));
  });

  test('are found by language and version together', () => {
    expect(textOf(TEXTS, 'en', OLD.version)).toMatchObject({ value: OLD });
    expect(textOf(TEXTS, 'es', OLD.version)).toEqual(fail('consent/unknown-text'));
  });
});

describe('sharing rests', () => {
  const consent = said('a', 1);

  test('on the newest answer, or on the one that is named', () => {
    expect(mayShare([said('b', 2), consent], TEXTS, NOW)).toMatchObject({ value: { id: 'b' } });
    expect(mayShare([said('b', 2), consent], TEXTS, NOW, 'a' as ConsentId)).toMatchObject({
      value: { id: 'a' },
    });
  });

  test('on an acceptance in another language of its current text', () => {
    const text = { ...SPANISH, sha256: sha256(SPANISH.text) };
    expect(mayShare([said('a', 1, { text })], TEXTS, NOW).ok).toBe(true);
  });

  test('on a current acceptance, though a newer one is of a text that has changed since', () => {
    const old = { ...OLD, sha256: sha256(OLD.text) };
    const spanish = { ...SPANISH, sha256: sha256(SPANISH.text) };
    const consents = [said('b', 2, { text: old }), said('a', 1, { text: spanish })];
    expect(mayShare(consents, TEXTS, NOW)).toMatchObject({ value: { id: 'a' } });
  });

  test('on what a representative accepted, until the authority ends', () => {
    const [lasting, ended] = ['2026-11-23T00:00:00.001Z', '2026-11-23T00:00:00.000Z'].map(
      (authorityEndsAt) => mayShare([said('a', 1, { authorityEndsAt })], TEXTS, NOW),
    );
    expect(lasting?.ok).toBe(true);
    expect(ended).toEqual(fail('consent/not-accepted'));
  });

  test('on an acceptance after a rejection', () => {
    expect(mayShare([said('b', 2), said('a', 1, { decision: 'rejected' })], TEXTS, NOW).ok).toBe(
      true,
    );
  });

  const no = said('b', 2, { decision: 'rejected' });
  test.each([
    ['consent/not-accepted', 'no answer', [], undefined],
    ['consent/not-accepted', 'a rejection', [no], undefined],
    ['consent/not-accepted', 'a rejection after it', [no, consent], undefined],
    [
      'consent/not-accepted',
      'what was withdrawn',
      [said('b', 2, { decision: 'withdrawn' }), consent],
      undefined,
    ],
    ['consent/not-accepted', 'a rejection after the one named', [no, consent], 'a'],
    ['consent/not-accepted', 'the rejection, named', [consent, { ...no, at: '0' }], 'b'],
    ['consent/unknown', 'one that is not there', [consent], 'x'],
    [
      'consent/renew',
      'an older text',
      [said('a', 1, { text: { ...OLD, sha256: sha256(OLD.text) } })],
      undefined,
    ],
  ] as const)('%s: not on %s', (code, _, consents, named) => {
    expect(mayShare([...consents], TEXTS, NOW, named as ConsentId | undefined)).toEqual(fail(code));
  });
});
