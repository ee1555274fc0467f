import { statusOf } from '../../../status/status.ts';
import type { Fact } from '../../../transmission/facts.ts';
import type { TransmissionLine } from '../../../transmission/ledger.ts';
import type { Transmission } from '../../../transmission/transmission.ts';
import { KEYS } from '../keys.ts';
import type { Item } from '../table.ts';
import { itemOf } from '../table/items.ts';

/** The projection of a transmission that a list shows. It is written with the facts it is read off, never without them. */
export function lineItem(transmission: Transmission, facts: readonly Fact[]): Item {
  const { id, requestId, clientReference, address, createdAt, patientKey, isProbe } = transmission;
  const line: TransmissionLine = {
    id,
    requestId,
    ...(clientReference !== undefined && { clientReference }),
    address,
    createdAt,
    ...statusOf(facts),
    ...(isProbe && { isProbe }),
  };
  return itemOf(KEYS.line(patientKey, createdAt, id), 'line', line);
}
