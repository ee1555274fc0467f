import type { Now } from '../clock.ts';
import type { Actor } from '../consent/consent.ts';
import { type AddressKey, addressKeyOf, type DirectAddress, type PatientKey } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { type Named, parseNamed } from '../transmit-request/named.ts';
import { revoked } from '../transmit-request/revoke.ts';
import type { TransmitRequestStore } from '../transmit-request/store.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { isMatch } from '../transmit-request/version.ts';
import type { InFlight, Ledger } from './ledger.ts';

export interface StopPorts {
  readonly requests: TransmitRequestStore;
  readonly ledger: Ledger;
  readonly now: Now;
}

/**
 * Revokes a request, or one address of it, and names the copies that may be leaving nevertheless.
 *
 * @failure transmit-request/unknown, discover/bad-address, transmit-request/unknown-address, edge/precondition-failed
 */
export async function stopOne(
  patient: PatientKey,
  named: Named,
  by: Actor,
  { requests, ledger, now }: StopPorts,
): Promise<Outcome<{ readonly request: TransmitRequest; readonly inFlight: readonly InFlight[] }>> {
  const parsed = parseNamed(named);
  if (!parsed.ok) return parsed;
  const { id, address } = parsed.value;
  const at = now();
  const decide = (current: TransmitRequest): Outcome<TransmitRequest> =>
    isMatch(named.ifMatch, current)
      ? revoked(current, at, address)
      : fail('edge/precondition-failed');
  const request = await requests.change(patient, id, at, decide, by);
  if (!request.ok) return request;
  const key = address && addressKeyOf(address);
  const isMeant = (copy: InFlight): boolean =>
    copy.requestId === id && (key ?? keyOf(copy.address)) === keyOf(copy.address);
  const inFlight = await leavingOf(patient, isMeant, { ledger });
  return done({ request: request.value, inFlight });
}

/**
 * The copies that may be leaving although they were stopped. Read after the revocation is kept, never before: whoever
 * states an intent later is refused, so all that may still leave is on record by now.
 */
export const leavingOf = async (
  patient: PatientKey,
  isMeant: (copy: InFlight) => boolean,
  { ledger }: { readonly ledger: Pick<Ledger, 'leaving'> },
): Promise<readonly InFlight[]> => (await ledger.leaving(patient)).filter(isMeant);

/**
 * Revokes everything that the patient ever asked for.
 *
 * @param isMeant asked of each, and of no later version of it
 */
export async function stopAll(
  patient: PatientKey,
  by: Actor,
  { requests, ledger, now }: StopPorts,
  isMeant: (request: TransmitRequest) => boolean = () => true,
): Promise<{
  readonly requests: readonly TransmitRequest[];
  readonly inFlight: readonly InFlight[];
}> {
  const stopped: TransmitRequest[] = [];
  for (const { id } of (await requests.list(patient)).filter(isMeant)) {
    const at = now();
    const request = await requests.change(patient, id, at, (each) => revoked(each, at), by);
    // Requests are never removed: one that was listed is there.
    if (request.ok) stopped.push(request.value);
  }
  // After the last revocation, for the same reason as above.
  return { requests: stopped, inFlight: await ledger.leaving(patient) };
}

const keyOf = (address: string): AddressKey => addressKeyOf(address as DirectAddress);
