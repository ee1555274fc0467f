import { done, fail, type Outcome } from '../../outcome.ts';
import { isExpired, isServed } from '../running.ts';
import type { TransmitRequest } from '../transmit-request.ts';

/**
 * Whether a request still asks for anything that could be changed, be it paused.
 *
 * @failure transmit-request/revoked, transmit-request/one-copy, transmit-request/expired
 */
export function changeable(request: TransmitRequest, now: Date): Outcome<void> {
  if (request.status === 'revoked') return fail('transmit-request/revoked');
  if (isServed(request)) return fail('transmit-request/one-copy');
  return isExpired(request, now) ? fail('transmit-request/expired') : done(undefined);
}
