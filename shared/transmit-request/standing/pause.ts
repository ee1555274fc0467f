import type { Now } from '../../clock.ts';
import type { FailureCode } from '../../failures.ts';
import type { PatientKey } from '../../ids.ts';
import { done } from '../../outcome.ts';
import { isSending } from '../running.ts';
import type { TransmitRequestStore } from '../store.ts';
import type { TransmitRequest } from '../transmit-request.ts';

/** The whole of a request, paused: until somebody resumes it no slot of it comes, and no review of it ends. */
export function asPaused(request: TransmitRequest, code: FailureCode, now: Date): TransmitRequest {
  const { nextRunAt: _, pausesAt: __, ...rest } = request;
  return { ...rest, status: 'paused', paused: { code, at: now.toISOString() } };
}

/**
 * Sends nothing more under a request until somebody resumes it; a death that becomes known then is another one than a
 * representative knew of. What sends nothing now comes back as it is.
 */
function pausedWhole(request: TransmitRequest, code: FailureCode, now: Date): TransmitRequest {
  if (!isSending(request, now)) return request;
  const { afterDeath: _, ...rest } = request;
  return asPaused(rest, code, now);
}

export interface PausePorts {
  readonly requests: Pick<TransmitRequestStore, 'list' | 'change'>;
  readonly now: Now;
}

/**
 * Pauses every request of a patient that sends now; done again, it pauses what was resumed or made meanwhile.
 *
 * @returns those that are paused for this reason, newest first
 */
export async function pauseAll(
  patient: PatientKey,
  code: FailureCode,
  { requests, now }: PausePorts,
): Promise<readonly TransmitRequest[]> {
  const all = await requests.list(patient);
  for (const { id } of all.filter((each) => isSending(each, now()))) {
    const at = now();
    await requests.change(patient, id, at, (current) => done(pausedWhole(current, code, at)));
  }
  return pausedFor(patient, code, { requests });
}

/** The requests of a patient that are paused for a reason, newest first. */
export const pausedFor = async (
  patient: PatientKey,
  code: FailureCode,
  { requests }: Pick<PausePorts, 'requests'>,
): Promise<readonly TransmitRequest[]> =>
  (await requests.list(patient)).filter(
    ({ status, paused }) => status === 'paused' && paused?.code === code,
  );
