import { addressKeyOf, type DirectAddress, parseDirectAddress } from '../ids.ts';
import { done, fail, failAt, type Outcome } from '../outcome.ts';
import type { Frequency } from './transmit-request.ts';

/** What a caller asks for, of the right form but not understood yet. */
export interface Asked {
  readonly addresses: readonly string[];
  readonly frequency: string;
  /** RFC 3339. */
  readonly until?: string | undefined;
  readonly sender?: string | undefined;
  readonly signatureName?: string | undefined;
  readonly clientReference?: string | undefined;
  readonly sendNow: boolean;
}

/** The same, understood. */
export interface Wanted {
  /** One to ten, each once. */
  readonly addresses: readonly DirectAddress[];
  readonly frequency: Frequency;
  /** ISO 8601 UTC. */
  readonly until?: string;
  readonly sender: DirectAddress;
  readonly signatureName?: string;
  readonly clientReference?: string;
  readonly sendNow: boolean;
}

const FREQUENCIES: readonly Frequency[] = ['once', 'on-update'];
const MAX_ADDRESSES = 10;

/**
 * Understands what is asked for.
 *
 * @param senders the data holder's own addresses, the default first
 * @failure transmit-request/unknown-frequency, transmit-request/no-address, transmit-request/too-many-addresses,
 *   discover/bad-address and edge/malformed (with a pointer to each), transmit-request/unknown-sender
 */
export function understood(asked: Asked, senders: readonly DirectAddress[]): Outcome<Wanted> {
  const frequency = FREQUENCIES.find((each) => each === asked.frequency);
  if (frequency === undefined) return fail('transmit-request/unknown-frequency');
  // One copy that is never sent would be a promise that nothing keeps.
  if (frequency === 'once' && !asked.sendNow) {
    return failAt('edge/malformed', [{ pointer: '/sendNow', code: 'once-is-now' }]);
  }
  const addresses = understoodAddresses(asked.addresses);
  if (!addresses.ok) return addresses;
  const sender = senderOf(asked.sender, senders);
  if (!sender.ok) return sender;
  const { until, signatureName, clientReference, sendNow } = asked;
  return done({
    addresses: addresses.value,
    frequency,
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    sender: sender.value,
    ...(signatureName === undefined ? {} : { signatureName }),
    ...(clientReference === undefined ? {} : { clientReference }),
    sendNow,
  });
}

function understoodAddresses(texts: readonly string[]): Outcome<readonly DirectAddress[]> {
  if (texts.length === 0) return fail('transmit-request/no-address');
  if (texts.length > MAX_ADDRESSES) return fail('transmit-request/too-many-addresses');
  const parsed = texts.map((text) => parseDirectAddress(text));
  const addresses = parsed.flatMap((each) => (each.ok ? [each.value] : []));
  if (addresses.length < texts.length) {
    const faults = parsed.flatMap((each, at) => (each.ok ? [] : [fault(at, 'not-an-address')]));
    return failAt('discover/bad-address', faults);
  }
  const keys = addresses.map(addressKeyOf);
  const repeats = keys.flatMap((key, at) =>
    keys.indexOf(key) < at ? [fault(at, 'repeated')] : [],
  );
  return repeats.length === 0 ? done(addresses) : failAt('edge/malformed', repeats);
}

const fault = (at: number, code: string) => ({ pointer: `/addresses/${at}`, code });

function senderOf(
  named: string | undefined,
  senders: readonly DirectAddress[],
): Outcome<DirectAddress> {
  const sender =
    named === undefined
      ? senders[0]
      : senders.find((each) => each.toLowerCase() === named.toLowerCase());
  return sender === undefined ? fail('transmit-request/unknown-sender') : done(sender);
}
