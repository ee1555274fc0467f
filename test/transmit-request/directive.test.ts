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
  actor: ACTOR,
  now: new Date('2026-11-22T12:00:00.000Z'),
};

function made(wanted: Wanted = WANTED, asking = ASKING) {
  const request = requestOf(wanted, asking);
  if (!request.ok) throw new Error(request.failure.code);
  return request.value;
}

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
    ];
    for (const change of changes) {
      expect(sameDirective(kept, { ...WANTED, ...change }, ACTOR)).toBe(false);
    }
  });
});
