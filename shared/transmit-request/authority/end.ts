import { isAuthorityEnded } from '../../consent/authority-end.ts';
import { isExpired, isServed } from '../running.ts';
import { asPaused } from '../standing/pause.ts';
import type { TransmitRequest } from '../transmit-request.ts';

/**
 * Pauses the whole of a request when the authority has ended by which it was asked for: the patient, or somebody who may
 * act now, resumes it or lets it be. Any other comes back itself.
 */
export function pausedForAuthority(request: TransmitRequest, now: Date): TransmitRequest {
  const isDue = request.status === 'active' && isAuthorityEnded(request, now);
  if (!isDue || isExpired(request, now) || isServed(request)) return request;
  return asPaused(request, 'consent/authority-ended', now);
}
