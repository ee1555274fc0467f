import { describe, expect, test } from '@jest/globals';
import type { Sha256 } from '../../../shared/ids.ts';
import { revoked } from '../../../shared/transmit-request/revoke.ts';
import { ranAt } from '../../../shared/transmit-request/schedule/run.ts';
import {
  addressPaused,
  addressRechecked,
} from '../../../shared/transmit-request/standing/address.ts';
import { unwatched } from '../../../shared/transmit-request/standing/unwatched.ts';
import { milestonesBetween } from '../../../shared/transmit-request/standing/milestones.ts';
import { resumed } from '../../../shared/transmit-request/standing/resume.ts';
import {
  pausedForReview,
  reviewReported,
} from '../../../shared/transmit-request/standing/review.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { KIM, LEE } from '../../contracts/stores/samples.ts';
import { asked, daily, KIM_KEY, LEE_KEY, on, SETTINGS, value } from './samples.ts';

const NOW = on('2026-12-01T12:00:00.000Z');
const LATER = on('2027-12-01T12:00:00.000Z');
const FAILING = 'transmit-request/address-failing';

const REVIEWED = daily({ reviewAt: NOW.toISOString(), nextRunAt: '2026-12-02T08:00:00.000Z' });
const REPORTED = reviewReported(REVIEWED, NOW, SETTINGS);
const OVERDUE = pausedForReview(REPORTED, LATER);
const failing = addressPaused(asked(), LEE_KEY, FAILING, NOW, 1);

/** What is told, in short: what it is about, of which address and why. */
const told = (before: TransmitRequest | undefined, after: TransmitRequest): readonly string[] =>
  milestonesBetween(before, after, NOW).map(({ kind, addressKey, code }) => {
    const whose = addressKey === LEE_KEY ? ['lee'] : addressKey === KIM_KEY ? ['kim'] : [];
    return [kind.replace('transmit-request.', ''), ...whose, ...(code ? [code] : [])].join(' ');
  });

const without = (key: string): TransmitRequest => {
  const request = asked();
  const addresses = Object.fromEntries(
    Object.entries(request.addresses).filter(([each]) => each !== key),
  );
  return { ...request, addresses };
};

const by = (...given: Parameters<typeof milestonesBetween>) => milestonesBetween(...given)[0]?.by;

describe('what is told of a request', () => {
  test.each<readonly [string, TransmitRequest | undefined, TransmitRequest, readonly string[]]>([
    ['it was made', undefined, asked(), ['created']],
    ['nothing', asked(), asked(), []],
    ['a slot was served', REVIEWED, ranAt(REVIEWED, on('2026-12-02T08:00:00Z')), []],
    [
      'its copies were opened',
      asked({ frequency: 'once' }),
      asked({ frequency: 'once', servedAt: NOW.toISOString() }),
      [],
    ],
    ['it reached its end', REPORTED, unwatched(REPORTED), []],
    ['another frequency', asked(), daily(), ['changed']],
    ['another time', daily(), daily({ schedule: { at: '09:00', timeZone: 'UTC' } }), ['changed']],
    [
      'the same schedule, its names in another order',
      daily(),
      daily({ schedule: { timeZone: 'UTC', at: '08:00' } }),
      [],
    ],
    ['another filter', asked(), asked({ triggers: ['discharge'] }), ['changed']],
    ['an end date', asked(), asked({ until: LATER.toISOString() }), ['changed']],
    ['a new address', without(LEE_KEY), asked(), ['address-added lee']],
    [
      'an address that was revoked, anew',
      value(revoked(asked(), NOW, LEE)),
      asked(),
      ['address-added lee'],
    ],
    ['a review is due', REVIEWED, REPORTED, ['review-due']],
    ['nobody answered it', REPORTED, OVERDUE, ['paused transmit-request/review-overdue']],
    ['somebody answered it', REPORTED, value(resumed(REPORTED, LATER, SETTINGS)), ['resumed']],
    ['it goes on', OVERDUE, value(resumed(OVERDUE, LATER, SETTINGS)), ['resumed']],
    ['an address is paused', asked(), failing, [`paused lee ${FAILING}`]],
    [
      'a paused address is looked at in vain',
      failing,
      addressRechecked(failing, LEE_KEY, false, LATER, 1),
      [],
    ],
    [
      'a paused address can be reached again',
      failing,
      addressRechecked(failing, LEE_KEY, true, LATER, 1),
      ['resumed lee'],
    ],
    ['an address is revoked', failing, value(revoked(failing, NOW, LEE)), ['revoked lee']],
    ['the whole is revoked', failing, value(revoked(failing, NOW)), ['revoked']],
    ['the whole is revoked while it is paused', OVERDUE, value(revoked(OVERDUE, NOW)), ['revoked']],
    [
      'its last address is revoked',
      value(revoked(asked(), NOW, LEE)),
      value(revoked(value(revoked(asked(), NOW, LEE)), NOW, KIM)),
      ['revoked'],
    ],
    [
      'several things at once',
      addressPaused(OVERDUE, LEE_KEY, FAILING, NOW, 1),
      value(resumed(addressPaused(OVERDUE, LEE_KEY, FAILING, NOW, 1), LATER, SETTINGS)),
      ['resumed', 'resumed lee'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  test('is the same milestone when it is worked out again, and another at another version or address', () => {
    const idsOf = (request: TransmitRequest) =>
      milestonesBetween(asked(), request, NOW).map(({ id }) => id);
    const both = addressPaused(failing, KIM_KEY, FAILING, NOW, 1);
    expect(idsOf(both)).toEqual(idsOf(both));
    const all = [...idsOf(both), ...idsOf({ ...both, version: 2 })];
    expect(new Set(all).size).toBe(4);
  });

  test('carries what the caller calls it, and nothing of the patient', () => {
    const request = asked({ clientReference: 'visit 7' });
    const [first] = milestonesBetween(undefined, request, NOW);
    expect(first).toMatchObject({
      requestId: 'req_1',
      patientKey: request.patientKey,
      clientReference: 'visit 7',
      at: NOW.toISOString(),
    });
    const text = JSON.stringify(milestonesBetween(asked(), failing, NOW));
    expect(text).not.toContain('ada');
  });

  test.each<readonly [string, TransmitRequest | undefined, TransmitRequest, readonly string[]]>([
    ['it was made: for all', undefined, asked(), [LEE, KIM]],
    ['one is paused', asked(), failing, [LEE]],
    ['one is stopped', asked(), value(revoked(asked(), NOW, LEE)), [LEE]],
    [
      'it is stopped: all that were left',
      value(revoked(asked(), NOW, LEE)),
      value(revoked(value(revoked(asked(), NOW, LEE)), NOW)),
      [KIM],
    ],
    [
      'another frequency: those that are left',
      value(revoked(asked(), NOW, LEE)),
      { ...value(revoked(asked(), NOW, LEE)), frequency: 'once' },
      [KIM],
    ],
  ])('names whom it is about: %s', (_, before, after, addressees) => {
    const [milestone] = milestonesBetween(before, after, NOW);
    expect(milestone?.addressees).toEqual(addressees);
  });

  test('names who did it: whoever asked for it or for a change, whoever is said to have, or nobody', () => {
    const stopped = value(revoked(asked(), NOW));
    const representative = { kind: 'representative', subject: 'rep-1' } as const;
    const amended = asked({
      until: LATER.toISOString(),
      amendments: [{ ...asked().directive, actor: representative }],
    });
    expect(by(undefined, asked(), NOW)).toEqual(asked().directive.actor);
    expect(by(asked(), amended, NOW, representative)).toEqual(representative);
    expect(by(asked(), stopped, NOW, representative)).toEqual(representative);
    expect(by(asked(), failing, NOW)).toBeUndefined();
  });
});

const named = (...given: Parameters<typeof milestonesBetween>) =>
  milestonesBetween(...given).map(({ kind, directiveSha256 }) => [kind, directiveSha256]);

test('what is told of something that was asked for names its directive', () => {
  const first = asked();
  const next = { ...first.directive, sha256: 'f'.repeat(64) as Sha256 };
  const changed = asked({ frequency: 'daily', amendments: [next] });
  expect(named(undefined, first, NOW)).toEqual([
    ['transmit-request.created', first.directive.sha256],
  ]);
  expect(named(first, changed, NOW)).toEqual([['transmit-request.changed', next.sha256]]);
  expect(named(changed, value(revoked(changed, NOW)), NOW)).toEqual([
    ['transmit-request.revoked', undefined],
  ]);
});
