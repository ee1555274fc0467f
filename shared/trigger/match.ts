import { type BatchId, batchIdOf } from '../ids.ts';
import { isRunning } from '../transmit-request/running.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { Trigger } from './trigger.ts';

/**
 * The requests that this trigger is a reason to send for, now.
 *
 * The patient's own `requested` concerns its one request, whatever its frequency; an event concerns those that follow
 * every update. So a request for one copy is never served twice by what happens later, and what was reported before a
 * request was made is no reason to send under it.
 */
export const matching = (
  trigger: Trigger,
  requests: readonly TransmitRequest[],
  now: Date,
): readonly TransmitRequest[] =>
  requests.filter((request) => isRunning(request, now) && concerns(trigger, request));

const concerns = (trigger: Trigger, request: TransmitRequest): boolean =>
  trigger.kind === 'requested'
    ? trigger.requestId === request.id
    : request.frequency === 'on-update' && trigger.receivedAt >= request.createdAt;

/** One trigger is one batch: matched twice, it opens the same transmissions. */
export const batchOf = (trigger: Trigger, request: TransmitRequest): BatchId =>
  batchIdOf(`${request.id} ${trigger.id}`);
