import { addressKeyOf, type DirectAddress } from '../ids.ts';
import { done, failAt, type Outcome } from '../outcome.ts';

/** Whether an address is one of the data holder's own: a copy to it would only come back. In any case of letters. */
export const isOwn = (address: DirectAddress, senders: readonly DirectAddress[]): boolean =>
  senders.some((each) => addressKeyOf(each) === addressKeyOf(address));

/**
 * Addresses that a record can be sent to, as far as it can be seen from here.
 *
 * @failure transmit-request/own-address with a pointer to each
 */
export function ofOthers(
  addresses: readonly DirectAddress[],
  senders: readonly DirectAddress[],
): Outcome<readonly DirectAddress[]> {
  const faults = addresses.flatMap((address, at) =>
    isOwn(address, senders) ? [{ pointer: `/addresses/${at}`, code: 'own' }] : [],
  );
  return faults.length === 0 ? done(addresses) : failAt('transmit-request/own-address', faults);
}
