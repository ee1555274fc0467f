import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type ConsentId,
  type DirectAddress,
  type PatientId,
  type PatientKey,
  type RequestId,
} from '../../shared/ids.ts';
import { fail } from '../../shared/outcome.ts';
import { requestOf } from '../../shared/transmit-request/directive.ts';
import { revoked } from '../../shared/transmit-request/revoke.ts';
import type { TransmitRequest } from '../../shared/transmit-request/transmit-request.ts';
import { addressPaused } from '../../shared/transmit-request/standing/address.ts';
import { cases } from '../support/counts.ts';
import { daily, KIM_KEY, LEE_KEY, SETTINGS } from './standing/samples.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const ADDRESSES = ['a', 'b', 'c', 'd'].map(
  (each) => `${each}@direct.example.org`,
) as DirectAddress[];

function request(): TransmitRequest {
  const made = requestOf(
    {
      addresses: ADDRESSES,
      frequency: 'on-update',
      sender: 'us@direct.example.net' as DirectAddress,
      sendNow: true,
    },
    {
      id: 'req_1' as RequestId,
      patient: { id: 'ana' as PatientId, key: 'pat_a' as PatientKey },
      consentId: 'con_1' as ConsentId,
      language: 'en',
      right: { actor: { kind: 'patient', subject: 's' } },
      settings: SETTINGS,
      now: NOW,
    },
  );
  if (!made.ok) throw new Error(made.failure.code);
  return made.value;
}

const must = (outcome: ReturnType<typeof revoked>): TransmitRequest => {
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
};

const isStopped = ([, { status }]: [string, { status: string }]): boolean => status === 'revoked';

/** An address, or (undefined) everything. */
const step = fc.option(fc.constantFrom(...ADDRESSES), { nil: undefined });

describe('revocations in any order and number', () => {
  test('never start anything again, and keep the time of the first', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let current = request();
        for (const [minute, address] of steps.entries()) {
          const at = new Date(NOW.getTime() + minute * 60_000);
          const next = must(revoked(current, at, address));
          expect(Object.entries(next.addresses)).toEqual(
            expect.arrayContaining(Object.entries(current.addresses).filter(isStopped)),
          );
          expect(current.status === 'revoked' && next !== current).toBe(false);
          current = next;
        }
        const stopped = new Set(steps.flatMap((each) => (each === undefined ? ADDRESSES : [each])));
        for (const { address, status } of Object.values(current.addresses)) {
          expect(status).toBe(stopped.has(address) ? 'revoked' : 'active');
        }
        expect(current.status).toBe(stopped.size === ADDRESSES.length ? 'revoked' : 'active');
        expect(current.revokedAt !== undefined).toBe(current.status === 'revoked');
      }),
      { numRuns: cases(100) },
    );
  });

  test('leave the evidence and the version alone', () => {
    const before = request();
    const after = must(revoked(before, NOW));
    expect(after.directive).toBe(before.directive);
    expect(after.version).toBe(before.version);
  });
});

describe('what is paused', () => {
  const [at, code] = [NOW.toISOString(), 'transmit-request/address-failing'] as const;
  const plans = { nextRunAt: at, reviewAt: at, reviewReportedAt: at, pausesAt: at };
  const paused = addressPaused(daily(plans), LEE_KEY, code, NOW, 3600);

  test('is revoked like everything else, and then is nothing but revoked', () => {
    const whole: TransmitRequest = { ...paused, status: 'paused', paused: { code, at } };
    const after = must(revoked(whole, NOW));
    expect(after).toMatchObject({ status: 'revoked', revokedAt: at });
    expect(after.addresses[LEE_KEY]).toEqual({
      address: paused.addresses[LEE_KEY]?.address,
      status: 'revoked',
      revokedAt: at,
    });
    for (const gone of ['paused', ...Object.keys(plans)]) expect(after).not.toHaveProperty(gone);
    expect(must(revoked(after, NOW))).toBe(after);
  });

  test('still counts: a request with a paused address left is not revoked', () => {
    const kim = paused.addresses[KIM_KEY]!.address;
    const after = must(revoked(paused, NOW, kim));
    expect(after).toMatchObject({ status: 'active', ...plans });
    expect(after.addresses[LEE_KEY]).toBe(paused.addresses[LEE_KEY]);
    const last = must(revoked(after, NOW, paused.addresses[LEE_KEY]!.address));
    expect(last.status).toBe('revoked');
  });
});

test('an address is found whatever its case', () => {
  const after = must(revoked(request(), NOW, 'A@direct.example.org' as DirectAddress));
  expect(Object.values(after.addresses).filter(({ status }) => status === 'revoked')).toHaveLength(
    1,
  );
});

test.each(['x@direct.example.org', 'constructor'])(
  'transmit-request/unknown-address: %s',
  (address) => {
    expect(revoked(request(), NOW, address as DirectAddress)).toEqual(
      fail('transmit-request/unknown-address'),
    );
  },
);
