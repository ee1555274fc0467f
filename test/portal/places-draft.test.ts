import { describe, expect, test } from '@jest/globals';
import type { Request } from '../../portal/api/views.ts';
import { withAnother, without } from '../../portal/choose/typed-addresses.ts';
import { changeBy, draftOf, rebased } from '../../portal/places/draft.ts';

const [LEE, KIM, NEW] = [
  'Lee@direct.clinic.example',
  'kim@direct.clinic.example',
  'new@direct.clinic.example',
];

const REQUEST: Request = {
  id: 'req_one',
  patientId: 'ana',
  status: 'active',
  frequency: 'on-update',
  addresses: [
    { address: LEE, status: 'active' },
    { address: KIM, status: 'paused' },
    { address: 'old@direct.clinic.example', status: 'revoked' },
  ],
  sender: 'records@direct.holder.example',
  directiveSha256: 'a',
  createdAt: '2026-11-01T12:00:00.000Z',
  createdBy: 'patient',
  version: 1,
};
const WEEKLY: Request = {
  ...REQUEST,
  frequency: 'weekly',
  schedule: { at: '07:30', timeZone: 'America/Chicago', dayOfWeek: 3 },
  until: '2031-01-31T12:00:00.000Z',
};

/** As somebody wants it who starts from what there is. */
const wishOf = (request: Request) => {
  const { wanted, typed } = draftOf(request);
  const adds = (address: string) => ({ wanted, typed: withAnother(typed, address) });
  const wants = (changed: Partial<typeof wanted>) => ({ wanted: { ...wanted, ...changed }, typed });
  return { adds, wants, removesFirst: { wanted, typed: without(1, typed) } };
};

describe('what is sent of a change', () => {
  test.each([REQUEST, WEEKLY])('nothing, where nothing is wanted otherwise: $frequency', (each) => {
    expect(changeBy(draftOf(each), each)).toEqual({});
  });

  test('how often alone: a schedule comes and goes with it', () => {
    expect(changeBy(wishOf(WEEKLY).wants({ frequency: 'on-update' }), WEEKLY)).toEqual({
      frequency: 'on-update',
      schedule: null,
    });
    expect(changeBy(wishOf(REQUEST).wants({ frequency: 'daily' }), REQUEST)).toEqual({
      frequency: 'daily',
      schedule: expect.objectContaining({ at: '08:00', timeZone: expect.any(String) }),
    });
    expect(changeBy(wishOf(WEEKLY).wants({ dayOfWeek: 5 }), WEEKLY)).toEqual({
      schedule: { at: '07:30', timeZone: 'America/Chicago', dayOfWeek: 5, dayOfMonth: null },
    });
  });

  test('until when alone, or that there is no end any more', () => {
    const later = changeBy(wishOf(WEEKLY).wants({ lastDay: '2032-02-01' }), WEEKLY);
    expect(later).toEqual({ until: expect.stringMatching(/^2032-02-0[12]T/) });
    expect(changeBy(wishOf(WEEKLY).wants({ lastDay: '' }), WEEKLY)).toEqual({ until: null });
  });

  test('all addresses, where one comes or goes, each as the request writes it', () => {
    expect(changeBy(wishOf(REQUEST).adds(` ${NEW} `), REQUEST)).toEqual({
      addresses: [LEE, KIM, NEW],
    });
    expect(changeBy(wishOf(REQUEST).removesFirst, REQUEST)).toEqual({ addresses: [KIM] });
  });

  test('an empty field is no address, nor is one that is there in other letters another', () => {
    expect(changeBy(wishOf(REQUEST).adds(''), REQUEST)).toEqual({});
    const { wanted } = draftOf(REQUEST);
    const lines = [LEE.toUpperCase(), KIM].map((typed, id) => ({ id, typed, isLeft: true }));
    expect(changeBy({ wanted, typed: { lines } }, REQUEST)).toEqual({});
  });
});

describe('a request that somebody else changed meanwhile', () => {
  const now: Request = {
    ...REQUEST,
    frequency: 'daily',
    schedule: { at: '09:00', timeZone: 'America/Chicago' },
    addresses: [
      { address: LEE, status: 'revoked' },
      { address: KIM, status: 'active' },
      { address: 'ray@direct.clinic.example', status: 'active' },
    ],
    version: 2,
  };

  test('nothing was wanted: it is as that one left it', () => {
    expect(changeBy(rebased(draftOf(REQUEST), REQUEST, now), now)).toEqual({});
  });

  test('what was wanted stays wanted, and what was stopped stays stopped', () => {
    const { adds, wants } = wishOf(REQUEST);
    expect(changeBy(rebased(adds(NEW), REQUEST, now), now)).toEqual({
      addresses: [KIM, NEW, 'ray@direct.clinic.example'],
    });
    expect(changeBy(rebased(wants({ lastDay: '2032-02-01' }), REQUEST, now), now)).toEqual({
      until: expect.stringMatching(/^2032-02-0[12]T/),
    });
  });

  test('what somebody had typed and not finished is still there', () => {
    const { typed } = rebased(wishOf(REQUEST).adds('half an addr'), REQUEST, now);
    expect(typed.lines.map((line) => line.typed)).toContain('half an addr');
  });
});
