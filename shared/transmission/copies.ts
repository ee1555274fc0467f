import { transmissionIdOf, type AddressKey, type BatchId } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { addressesIn } from '../trigger/window.ts';
import { planFor } from './plan.ts';
import type { Transmission } from './transmission.ts';

/**
 * The copies that one batch of a request asks for: one for each active address, never one message to two.
 *
 * @param only where it is for some of them
 */
export function copiesOf(
  request: TransmitRequest,
  batchId: BatchId,
  settings: Settings,
  now: Date,
  only?: readonly AddressKey[],
): readonly Transmission[] {
  const { id: requestId, patientId, patientKey, sender, clientReference } = request;
  return addressesIn(only === undefined ? {} : { only }, request).map(({ address, addedWith }) => ({
    id: transmissionIdOf(requestId, batchId, address),
    requestId,
    batchId,
    patientId,
    patientKey,
    address,
    sender,
    ...(clientReference === undefined ? {} : { clientReference }),
    createdAt: now.toISOString(),
    ...(addedWith === undefined ? {} : { addressAddedWith: addedWith }),
    plan: planFor(request, address, settings),
  }));
}
