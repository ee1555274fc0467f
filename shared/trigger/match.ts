import { type BatchId, batchIdOf } from '../ids.ts';
import { isSending } from '../transmit-request/running.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { Trigger } from './trigger.ts';

/**
 * The requests that this trigger is a reason to send for, now.
 *
 * The patient's own `requested` and a `scheduled` slot concern their one request, whatever its frequency; an event
 * concerns those that follow updates and name it, or name none. So a request for one copy is never served twice by what
 * happens later, and what was reported before a request was made is no reason to send under it. What calls off is never
 * a reason.
 */
export const matching = (
  trigger: Trigger,
  requests: readonly TransmitRequest[],
  now: Date,
): readonly TransmitRequest[] =>
  requests.filter((request) => isSending(request, now) && concerns(trigger, request));

function concerns(trigger: Trigger, request: TransmitRequest): boolean {
  if (trigger.cancels) return false;
  if (trigger.requestId !== undefined) return trigger.requestId === request.id;
  const isNamed = request.triggers === undefined || request.triggers.includes(trigger.kind);
  return request.frequency === 'on-update' && isNamed && trigger.receivedAt >= request.createdAt;
}

/**
 * The requests whose open windows this trigger may change: those that it concerns; and when it calls something off or the
 * record changed, all of the patient that are running.
 */
export const touched = (
  trigger: Trigger,
  requests: readonly TransmitRequest[],
  now: Date,
): readonly TransmitRequest[] =>
  trigger.cancels || trigger.kind === 'record-updated'
    ? requests.filter((request) => isSending(request, now))
    : matching(trigger, requests, now);

/** One trigger opens at most one window of a request, so this is the batch of that one and of no other. */
export const batchOf = (trigger: Trigger, request: TransmitRequest): BatchId =>
  batchIdOf(`${request.id} ${trigger.id}`);
