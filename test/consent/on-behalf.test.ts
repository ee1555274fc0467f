import { describe, expect, test } from '@jest/globals';
import type { Consent, OnBehalf } from '../../shared/consent/consent.ts';
import { basisOf, basisOfRequest, understoodOnBehalf } from '../../shared/consent/on-behalf.ts';
import { done, fail, failAt } from '../../shared/outcome.ts';
import { Authority } from '../../shared/settings-authority.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const SETTINGS = Authority.parse({});
const PROVIDER = { kind: 'provider', subject: 'dr' } as const;
const JUDGING = { actor: PROVIDER, settings: SETTINGS, now: NOW };
const ORAL = { method: 'oral', identityCheck: 'known', witness: 'desk 4' } as const;
const WRITTEN = { method: 'written', identityCheck: 'id-document' } as const;

const missing = (field: string, code: string) =>
  failAt('consent/basis-missing', [{ pointer: `/onBehalf/${field}`, code }]);

describe('what a provider says of how a patient agreed', () => {
  test.each([
    ['with a witness', ORAL],
    ['in writing without one', WRITTEN],
    ['now', { ...WRITTEN, at: NOW.toISOString() }],
    ['by a clock that is five minutes ahead', { ...WRITTEN, at: '2026-11-22T12:05:00.000Z' }],
    ['thirty days ago', { ...WRITTEN, at: '2026-10-23T12:00:00.000Z' }],
  ] as const)('counts: %s', (_, onBehalf) => {
    expect(basisOf(onBehalf, JUDGING)).toEqual(done({ onBehalf }));
  });

  test.each([
    ['nothing', undefined, fail('consent/basis-missing')],
    [
      'spoken, and nobody heard it',
      { ...ORAL, witness: undefined },
      missing('witness', 'required'),
    ],
    ['tomorrow', { ...WRITTEN, at: '2026-11-22T12:05:00.001Z' }, missing('at', 'in-the-future')],
    ['long ago', { ...WRITTEN, at: '2026-10-23T11:59:59.999Z' }, missing('at', 'too-long-ago')],
  ] as const)('consent/basis-missing: %s', (_, onBehalf, refusal) => {
    expect(basisOf(onBehalf as OnBehalf | undefined, JUDGING)).toEqual(refusal);
  });

  test('needs no witness and keeps for as long as the settings say', () => {
    const settings = Authority.parse({ oralNeedsWitness: false, saidWithinDays: 0 });
    const judging = { ...JUDGING, settings };
    const { witness: _, ...alone } = ORAL;
    expect(basisOf(alone, judging).ok).toBe(true);
    expect(basisOf({ ...WRITTEN, at: '2026-11-22T11:59:59.999Z' }, judging).ok).toBe(false);
  });

  test.each(['patient', 'representative'] as const)('edge/malformed: said by a %s', (kind) => {
    const judging = { ...JUDGING, actor: { kind, subject: 's' } };
    expect(basisOf(undefined, judging)).toEqual(done({}));
    expect(basisOf(WRITTEN, judging)).toEqual(
      failAt('edge/malformed', [{ pointer: '/onBehalf', code: 'not-for-this-kind' }]),
    );
  });

  test('is kept in one order and in UTC', () => {
    const sent = { at: '2026-11-22T07:00:00-05:00', witness: 'w', ...WRITTEN } as const;
    expect(JSON.stringify(understoodOnBehalf(sent))).toBe(
      '{"method":"written","identityCheck":"id-document","witness":"w","at":"2026-11-22T12:00:00.000Z"}',
    );
  });
});

describe('a request of a provider', () => {
  const consent = (more: Partial<Consent> = {}): Consent =>
    ({ actor: PROVIDER, onBehalf: ORAL, at: '2026-11-21T12:00:00.001Z', ...more }) as Consent;

  test('need not say it again within a day of the consent that the same provider recorded', () => {
    expect(basisOfRequest(undefined, consent(), JUDGING)).toEqual(done({}));
    expect(basisOfRequest(WRITTEN, consent(), JUDGING)).toEqual(done({ onBehalf: WRITTEN }));
  });

  test.each([
    ['a day later', consent({ at: '2026-11-21T12:00:00.000Z' })],
    ['of another provider', consent({ actor: { ...PROVIDER, subject: 'other' } })],
    ['on a consent that the patient gave', { ...consent(), onBehalf: undefined } as never],
  ])('consent/basis-missing: %s', (_, on) => {
    expect(basisOfRequest(undefined, on, JUDGING)).toEqual(fail('consent/basis-missing'));
  });

  test('a patient says nothing of the kind', () => {
    const judging = { ...JUDGING, actor: { kind: 'patient', subject: 'dr' } as const };
    expect(basisOfRequest(undefined, consent(), judging)).toEqual(done({}));
    expect(basisOfRequest(WRITTEN, consent(), judging).ok).toBe(false);
  });
});
