import { isAuthorityEnded } from '../../consent/authority.ts';
import { isExpired, isServed } from '../running.ts';
import type { TransmitRequest } from '../transmit-request.ts';

/**
 * Pauses the whole of a request when the authority has ended by which it was asked for: the patient, or somebody who may
 * act now, resumes it or lets it be. Any other comes back itself.
 */
export function pausedForAuthority(request: TransmitRequest, now: Date): TransmitRequest {
  const { nextRunAt: _, pausesAt: __, ...rest } = request;
  const isDue = request.status === 'active' && isAuthorityEnded(request, now);
  if (!isDue || isExpired(request, now) || isServed(request)) return request;
  const paused = { code: 'consent/authority-ended', at: now.toISOString() } as const;
  return { ...rest, status: 'paused', paused };
}
