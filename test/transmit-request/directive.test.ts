import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type {
  ConsentId,
  DirectAddress,
  PatientId,
  PatientKey,
  RequestId,
} from '../../shared/ids.ts';
import { requestOf, sameDirective } from '../../shared/transmit-request/directive.ts';
import { fail, failAt } from '../../shared/outcome.ts';
import { SETTINGS } from './standing/samples.ts';
import type { Wanted } from '../../shared/transmit-request/wanted.ts';

const WANTED: Wanted = {
  addresses: ['a@direct.example.org', 'b@direct.example.org'] as DirectAddress[],
  frequency: 'on-update',
  until: '2027-01-01T00:00:00.000Z',
  sender: 'us@direct.example.net' as DirectAddress,
  signatureName: 'Ana',
  sendNow: true,
};
const ACTOR = { kind: 'patient', subject: 's-1' } as const;
const ASKING = {
  id: 'req_1' as RequestId,
  patient: { id: 'ana' as PatientId, key: 'pat_a' as PatientKey },
  consentId: 'con_1' as ConsentId,
  language: 'es' as const,
  right: { actor: ACTOR },
  settings: SETTINGS,
  now: new Date('2026-11-22T12:00:00.000Z'),
};

function made(wanted: Wanted = WANTED, asking = ASKING) {
  const request = requestOf(wanted, asking);
  if (!request.ok) throw new Error(request.failure.code);
  return request.value;
}

const SCHEDULE = { at: '08:00', timeZone: 'UTC' };

describe('a directive', () => {
  test('can be proved by its hash from what is kept', () => {
    const { directive, sender } = made();
    const content = [
      directive.consentId,
      directive.addresses,
      directive.frequency,
      directive.until,
      sender,
      directive.signatureName,
      directive.actor.subject,
      directive.sendNow,
    ];
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    expect(directive.sha256).toBe(hash);
    // Known since before there were schedules and filters: what was kept then is still proved.
    expect(hash).toBe('6f86f6f126da4ee045611afd9a292fd87b5517294c710fc39bd16bfd56da3b48');
  });

  test('with a schedule or a filter has them in its hash, behind everything else', () => {
    const dayOfWeek = { ...SCHEDULE, dayOfWeek: 3 };
    const { directive } = made({ ...WANTED, frequency: 'weekly', schedule: dayOfWeek });
    expect(directive).toMatchObject({ frequency: 'weekly', schedule: dayOfWeek });
    const filtered = made({ ...WANTED, triggers: ['discharge', 'x-own'] }).directive;
    expect(filtered.triggers).toEqual(['discharge', 'x-own']);
    for (const [{ frequency, sha256 }, behind] of [
      [directive, '{"at":"08:00","timeZone":"UTC","dayOfWeek":3}'],
      [filtered, '["discharge","x-own"]'],
    ] as const) {
      const { addresses, until, sender, signatureName } = WANTED;
      const before = ['con_1', addresses, frequency, until, sender, signatureName, 's-1', true];
      const text = `${JSON.stringify(before).slice(0, -1)},${behind}]`;
      expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });

  test('is the same at another time, and another with any other content', () => {
    const kept = made();
    const later = made(WANTED, { ...ASKING, now: new Date('2026-11-23T12:00:00.000Z') });
    expect(later.directive.sha256).toBe(kept.directive.sha256);
    expect(sameDirective(kept, { ...WANTED }, ACTOR)).toBe(true);
    expect(sameDirective(kept, WANTED, { ...ACTOR, subject: 's-2' })).toBe(false);
    expect(sameDirective(kept, WANTED, ACTOR, 'con_2' as ConsentId)).toBe(false);
    const changes: readonly Partial<Wanted>[] = [
      { addresses: WANTED.addresses.toReversed() },
      { frequency: 'once' },
      { until: '2028-01-01T00:00:00.000Z' },
      { signatureName: 'Ben' },
      { sendNow: false },
      { clientReference: 'x' },
      { triggers: ['discharge'] },
      { frequency: 'daily', schedule: SCHEDULE },
    ];
    for (const change of changes) {
      expect(sameDirective(kept, { ...WANTED, ...change }, ACTOR)).toBe(false);
    }
  });
});

describe('a request', () => {
  test('of a schedule has its first slot and its review before it', () => {
    const request = made({ ...WANTED, frequency: 'daily', schedule: SCHEDULE });
    expect(request).toMatchObject({
      schedule: SCHEDULE,
      nextRunAt: '2026-11-23T08:00:00.000Z',
      reviewAt: '2027-12-22T12:00:00.000Z',
    });
    expect(made({ ...WANTED, frequency: 'once' })).not.toHaveProperty('reviewAt');
    expect(made()).not.toHaveProperty('nextRunAt');
  });

  test('that is the same by its schedule, in whatever order its names come, is the same', () => {
    const kept = made({ ...WANTED, frequency: 'daily', schedule: SCHEDULE });
    const other = { timeZone: 'UTC', at: '08:00' };
    const wanted: Wanted = { ...WANTED, frequency: 'daily', schedule: other };
    expect(sameDirective(kept, wanted, ACTOR)).toBe(true);
    const later = { ...SCHEDULE, at: '08:01' };
    expect(sameDirective(kept, { ...wanted, schedule: later }, ACTOR)).toBe(false);
  });

  test('transmit-request/bad-schedule: no slot before its end date, and nothing now', () => {
    const until = '2026-11-23T07:59:59.999Z';
    const wanted: Wanted = { ...WANTED, frequency: 'daily', schedule: SCHEDULE, until };
    expect(requestOf({ ...wanted, sendNow: false }, ASKING)).toEqual(
      failAt('transmit-request/bad-schedule', [{ pointer: '/until', code: 'no-slot' }]),
    );
    expect(made(wanted)).not.toHaveProperty('nextRunAt');
    const reached = { ...wanted, until: '2026-11-23T08:00:00.000Z', sendNow: false };
    expect(made(reached).nextRunAt).toBe(reached.until);
  });

  test('transmit-request/expired: its end date is now', () => {
    const until = ASKING.now.toISOString();
    expect(requestOf({ ...WANTED, until }, ASKING)).toEqual(fail('transmit-request/expired'));
  });
});
