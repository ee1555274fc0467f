import { describe, expect, test } from '@jest/globals';
import type { Consent } from '../../../shared/consent/consent.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { Authority } from '../../../shared/settings-authority.ts';
import {
  restingOn,
  rightToGoOn,
  rightToNarrow,
  rightToShare,
} from '../../../shared/transmit-request/authority/right.ts';
import { asked, on } from '../standing/samples.ts';

const NOW = on('2026-11-22T12:00:00.000Z');
const END = '2027-01-01T00:00:00.000Z';
const CONSENT = { actor: { kind: 'patient', subject: 'ada' }, at: NOW.toISOString() } as Consent;
const PROVIDER = { kind: 'provider', subject: 'dr' } as const;
const GUARDIAN = {
  kind: 'representative',
  subject: 'g',
  authority: { relationship: 'guardian', until: END },
} as const;
const ACTING = { patient: { birthDate: '2015-01-01' }, settings: Authority.parse({}), now: NOW };
const WRITTEN = { method: 'written', identityCheck: 'known' } as const;

describe('the right to share', () => {
  test('of a representative is kept with its end', () => {
    expect(rightToShare({ ...ACTING, actor: GUARDIAN }, CONSENT)).toEqual(
      done({ actor: GUARDIAN, authorityEndsAt: END }),
    );
    const now = on(END);
    expect(rightToShare({ ...ACTING, actor: GUARDIAN, now }, CONSENT)).toEqual(
      fail('consent/authority-ended'),
    );
  });

  test('of a provider is what the patient said', () => {
    const acting = { ...ACTING, actor: PROVIDER };
    expect(rightToShare(acting, CONSENT)).toEqual(fail('consent/basis-missing'));
    expect(rightToShare({ ...acting, onBehalf: WRITTEN }, CONSENT)).toEqual(
      done({ actor: PROVIDER, onBehalf: WRITTEN }),
    );
  });
});

describe('a provider who lets go on, or asks for less', () => {
  const acting = { ...ACTING, actor: PROVIDER };

  test('need not say how the patient wants it', () => {
    expect(rightToGoOn(acting, asked())).toEqual(done({ actor: PROVIDER }));
    expect(rightToNarrow(acting)).toEqual(done({ actor: PROVIDER }));
  });

  test('consent/basis-missing: unless it rested on an authority that ends', () => {
    const request = asked({ authorityEndsAt: END });
    expect(rightToGoOn(acting, request)).toEqual(fail('consent/basis-missing'));
    expect(rightToGoOn({ ...acting, onBehalf: WRITTEN }, request).ok).toBe(true);
  });

  test('consent/basis-missing: and what is said has to be whole', () => {
    const onBehalf = { method: 'oral', identityCheck: 'known' } as const;
    expect(rightToNarrow({ ...acting, onBehalf })).toMatchObject({
      failure: { code: 'consent/basis-missing', faults: [{ pointer: '/onBehalf/witness' }] },
    });
  });
});

test('a request rests on the last right, and ends with nobody else', () => {
  const theirs = restingOn(asked(), { actor: GUARDIAN, authorityEndsAt: END });
  expect(theirs.authorityEndsAt).toBe(END);
  expect(restingOn(theirs, { actor: PROVIDER })).not.toHaveProperty('authorityEndsAt');
});
