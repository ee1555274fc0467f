import { later } from '../clock.ts';
import type { BatchId, DirectAddress } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { copiesOf } from './copies.ts';
import { type IsProbed, withProbes } from './probe.ts';
import type { TakenOpening } from './submission-store.ts';
import type { SubmissionRef } from './transmission.ts';

/** What is sent, in whose name, and under which batch. */
export interface Submitted {
  readonly batchId: BatchId;
  readonly sender: DirectAddress;
  readonly submission: SubmissionRef;
}

/** What is opened of one request for a submission: the copies to those of its addresses that the submission names. */
export function openingOfSubmission(
  request: TransmitRequest,
  recipients: readonly DirectAddress[],
  { batchId, sender, submission }: Submitted,
  settings: Settings,
  now: Date,
  isProbed: IsProbed,
): TakenOpening {
  const named = new Set(recipients.map((address) => address.toLowerCase()));
  const all = copiesOf(request, batchId, settings, now);
  const copies = all
    .filter(({ address }) => named.has(address.toLowerCase()))
    .map((copy) => ({ ...copy, sender, submission }));
  // To an address that the submission does not name its one copy is still to go.
  const isServed = request.frequency === 'once' && copies.length === all.length;
  return {
    request,
    ...(isServed ? { served: { ...request, servedAt: now.toISOString() } } : {}),
    copies: withProbes(copies, isProbed),
    facts: [{ kind: 'requested', trigger: 'xdr' }],
    dueAt: later(now, settings.deadlines.doorbellLostAfterSeconds),
  };
}
