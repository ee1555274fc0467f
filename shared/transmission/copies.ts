import { transmissionIdOf, type BatchId } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { planFor } from './plan.ts';
import type { Transmission } from './transmission.ts';

/** The copies that one batch of a request asks for: one for each active address, never one message to two. */
export function copiesOf(
  request: TransmitRequest,
  batchId: BatchId,
  settings: Settings,
  now: Date,
): readonly Transmission[] {
  const { id: requestId, patientId, patientKey, sender, clientReference } = request;
  return Object.values(request.addresses)
    .filter(({ status }) => status === 'active')
    .map(({ address }) => ({
      id: transmissionIdOf(requestId, batchId, address),
      requestId,
      batchId,
      patientId,
      patientKey,
      address,
      sender,
      ...(clientReference === undefined ? {} : { clientReference }),
      createdAt: now.toISOString(),
      plan: planFor(request, address, settings),
    }));
}
