import { isAuthorityEnded } from '../consent/authority-end.ts';
import type { TransmitRequest } from './transmit-request.ts';

/** Whether its end date lies behind it, to the millisecond. */
export const isExpired = ({ until }: TransmitRequest, now: Date): boolean =>
  until !== undefined && now.getTime() > Date.parse(until);

/** Whether it still asks for anything, or would if it were resumed: neither revoked, nor past its end, nor served. */
export const isRunning = (request: TransmitRequest, now: Date): boolean =>
  request.status !== 'revoked' && !isServed(request) && !isExpired(request, now);

/** Whether something that happens now is a reason to send under it: a paused one lets it pass. */
export const isSending = (request: TransmitRequest, now: Date): boolean =>
  request.status === 'active' && isRunning(request, now) && !isAuthorityEnded(request, now);

/** When it was over, or will be, ISO 8601 UTC; undefined while it has no end. */
export const closedAt = (request: TransmitRequest): string | undefined =>
  request.revokedAt ?? (isServed(request) ? request.servedAt : undefined) ?? request.until;

/** Whether it asked for one copy to each address, and they were opened. */
export const isServed = ({ frequency, servedAt }: TransmitRequest): boolean =>
  frequency === 'once' && servedAt !== undefined;
