import { addressKeyOf, type DirectAddress } from '../../../shared/ids.ts';
import type { SeenCopy, SeenStop, Witness } from '../world/witness.ts';
import { copiesOf } from './copies-of.ts';
import type { Violation } from './violation.ts';

/**
 * Once request or address is not active any more, or the patient has died or was given up for another registration, no
 * intent is recorded; and what leaves after the answer to a
 * revocation was named in it.
 */
export function revocations(witness: Witness): readonly Violation[] {
  const intents = witness.facts
    .filter(({ fact, active }) => fact.kind === 'intent' && !active)
    .map(({ id }) => broken(`${id}: an intent was recorded of what was not active any more`));
  const copies = [...copiesOf(witness)].flatMap(([id, left]) =>
    left
      .filter((copy) => witness.stops.some((stop) => isUnnamed(witness, id, copy, stop)))
      .map(() => broken(`${id}: a copy left that the answer to the revocation did not name`)),
  );
  return [...intents, ...copies];
}

function isUnnamed(witness: Witness, id: string, copy: SeenCopy, stop: SeenStop): boolean {
  const transmission = witness.transmissions.get(id);
  return (
    copy.order > stop.order &&
    transmission?.requestId === stop.requestId &&
    (stop.address === undefined || keyOf(stop.address) === keyOf(transmission.address)) &&
    !stop.inFlight.includes(id) &&
    !isAskedAgain(witness, id, stop)
  );
}

/** A copy that was opened after the version of which the answer told: its address was asked for again. */
function isAskedAgain(witness: Witness, id: string, { requestId, version }: SeenStop): boolean {
  const told = witness.requestChanges.find(
    ({ after }) => after.id === requestId && after.version === version,
  );
  return told !== undefined && (witness.opened.get(id) ?? 0) > told.order;
}

const keyOf = (address: string): string => addressKeyOf(address as DirectAddress);

const broken = (says: string): Violation => ({ broken: 'afterRevocation', says });
