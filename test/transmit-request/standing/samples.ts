import { addressKeyOf, type DirectAddress } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import type { RequestSettings } from '../../../shared/settings.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { KIM, LEE, request } from '../../contracts/stores/samples.ts';

export const SETTINGS: RequestSettings = {
  reviewAfterMonths: 13,
  pauseAfterReviewDays: 14,
  failuresBeforePause: 3,
  recheckAfterSeconds: 604_800,
};

export const [LEE_KEY, KIM_KEY] = [addressKeyOf(LEE), addressKeyOf(KIM)];
export const STRANGER = 'x@direct.other.example' as DirectAddress;

/** Of 22 November 2026, 10:00 UTC. */
export const asked = (more: Partial<TransmitRequest> = {}): TransmitRequest =>
  request('req_1', 0, more);

/** Each day at eight in the morning, UTC. */
export const daily = (more: Partial<TransmitRequest> = {}): TransmitRequest =>
  asked({ frequency: 'daily', schedule: { at: '08:00', timeZone: 'UTC' }, ...more });

export const on = (iso: string): Date => new Date(iso);

export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}
