import { describe, expect, test } from '@jest/globals';
import type { Request } from '../../portal/api/views.ts';
import type { WantedFrequency } from '../../portal/choose/wanted-frequency.ts';
import { draftOf, hasTerms, openAddresses, termsOf } from '../../portal/places/draft.ts';

const [LEE, KIM] = ['Lee@direct.clinic.example', 'kim@direct.clinic.example'];

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

/** What is sent where somebody starts from what there is. */
const sent = (request: Request, changed: Partial<WantedFrequency>, addresses?: string[]) =>
  termsOf({ ...draftOf(request).wanted, ...changed }, addresses ?? openAddresses(request));

describe('what is sent of a change', () => {
  test.each([REQUEST, WEEKLY])(
    'what there is, where nothing is wanted otherwise: $frequency',
    (each) => {
      expect(draftOf(each).typed.lines).toEqual([LEE, KIM]);
      const { frequency, schedule, until = null } = each;
      expect(sent(each, {})).toEqual({
        frequency,
        schedule: schedule ? { dayOfMonth: null, ...schedule } : null,
        until,
        addresses: [LEE, KIM],
      });
    },
  );

  test('a schedule that comes and goes with how often', () => {
    expect(sent(WEEKLY, { frequency: 'on-update' })).toMatchObject({
      frequency: 'on-update',
      schedule: null,
    });
    expect(sent(REQUEST, { frequency: 'daily' })).toMatchObject({
      frequency: 'daily',
      schedule: { at: '08:00', timeZone: expect.any(String) },
    });
    expect(sent(WEEKLY, { dayOfWeek: 5 })).toMatchObject({
      schedule: { at: '07:30', timeZone: 'America/Chicago', dayOfWeek: 5, dayOfMonth: null },
    });
  });

  test('until when, or that there is no end any more', () => {
    const until = expect.stringMatching(/^2032-02-0[12]T/);
    expect(sent(WEEKLY, { lastDay: '2032-02-01' })).toMatchObject({ until });
    expect(sent(WEEKLY, { lastDay: '' })).toMatchObject({ until: null });
  });
});

describe('a change of which nobody knows whether it was saved', () => {
  test.each([REQUEST, WEEKLY])('was, where the request is as it was wanted: $frequency', (each) => {
    expect(hasTerms(each, sent(each, {}))).toBe(true);
    expect(hasTerms(each, sent(each, {}, [LEE.toUpperCase(), KIM]))).toBe(true);
  });

  test.each<[string, Partial<WantedFrequency>, string[]]>([
    ['how often', { frequency: 'daily' }, [LEE, KIM]],
    ['which day', { dayOfWeek: 5 }, [LEE, KIM]],
    ['until when', { lastDay: '' }, [LEE, KIM]],
    ['one address more', {}, [LEE, KIM, 'new@direct.clinic.example']],
    ['one less', {}, [LEE]],
  ])('was not, where it is otherwise: %s', (_, changed, addresses) => {
    expect(hasTerms(WEEKLY, sent(WEEKLY, changed, addresses))).toBe(false);
  });
});
