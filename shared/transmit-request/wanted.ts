import type { OnBehalf } from '../consent/consent.ts';
import { type OnBehalfBody, understoodOnBehalf } from '../consent/on-behalf.ts';
import { addressKeyOf, type DirectAddress, parseDirectAddress } from '../ids.ts';
import { done, fail, failAt, type Outcome } from '../outcome.ts';
import { ofOthers } from './own-address.ts';
import { type AskedSchedule, understoodSchedule } from './schedule/understood.ts';
import type { EventKind, Frequency, Schedule } from './transmit-request.ts';

/** What a caller asks for, of the right form but not understood yet. */
export interface Asked {
  readonly addresses: readonly string[];
  readonly frequency: string;
  readonly schedule?: AskedSchedule | undefined;
  readonly triggers?: readonly string[] | undefined;
  /** RFC 3339. */
  readonly until?: string | undefined;
  readonly sender?: string | undefined;
  readonly signatureName?: string | undefined;
  readonly clientReference?: string | undefined;
  readonly sendNow: boolean;
  readonly onBehalf?: OnBehalfBody | undefined;
}

/** The same, understood. */
export interface Wanted {
  /** One to ten, each once. */
  readonly addresses: readonly DirectAddress[];
  readonly frequency: Frequency;
  /** Present exactly when the frequency is a scheduled one. */
  readonly schedule?: Schedule;
  /** Only of `on-update`, each once; absent: all. */
  readonly triggers?: readonly EventKind[];
  /** ISO 8601 UTC. */
  readonly until?: string;
  readonly sender: DirectAddress;
  readonly signatureName?: string;
  readonly clientReference?: string;
  readonly sendNow: boolean;
  /** How a provider says that the patient asked for it. */
  readonly onBehalf?: OnBehalf;
}

/** What a request can choose from. */
export interface Offered {
  readonly senders: readonly DirectAddress[];
  readonly kinds: readonly EventKind[];
}

const FREQUENCIES: readonly Frequency[] = ['once', 'on-update', 'daily', 'weekly', 'monthly'];
const MAX_ADDRESSES = 10;

/**
 * Understands what is asked for.
 *
 * @param offered the data holder's own addresses, the default first, and the kinds of events that there are
 * @failure transmit-request/unknown-frequency, transmit-request/no-address, transmit-request/too-many-addresses,
 *   transmit-request/unknown-sender; with a pointer to each fault discover/bad-address, edge/malformed,
 *   transmit-request/own-address, transmit-request/bad-schedule and transmit-request/bad-filter
 */
export function understood(asked: Asked, { senders, kinds }: Offered): Outcome<Wanted> {
  const known = frequencyOf(asked.frequency);
  if (!known.ok) return known;
  const frequency = known.value;
  // One copy that is never sent would be a promise that nothing keeps.
  if (frequency === 'once' && !asked.sendNow) {
    return failAt('edge/malformed', [{ pointer: '/sendNow', code: 'once-is-now' }]);
  }
  const schedule = understoodSchedule(asked.schedule, frequency);
  if (!schedule.ok) return schedule;
  const triggers = understoodFilter(asked.triggers, frequency, kinds);
  if (!triggers.ok) return triggers;
  const named = understoodAddresses(asked.addresses);
  const addresses = named.ok ? ofOthers(named.value, senders) : named;
  if (!addresses.ok) return addresses;
  const sender = senderOf(asked.sender, senders);
  if (!sender.ok) return sender;
  const until = understoodUntil(asked.until);
  const { signatureName, clientReference, sendNow, onBehalf } = asked;
  return done({
    addresses: addresses.value,
    frequency,
    ...(schedule.value === undefined ? {} : { schedule: schedule.value }),
    ...(triggers.value === undefined ? {} : { triggers: triggers.value }),
    ...(until === undefined ? {} : { until }),
    sender: sender.value,
    ...(signatureName === undefined ? {} : { signatureName }),
    ...(clientReference === undefined ? {} : { clientReference }),
    sendNow,
    ...(onBehalf === undefined ? {} : { onBehalf: understoodOnBehalf(onBehalf) }),
  });
}

/** @failure transmit-request/unknown-frequency */
export function frequencyOf(text: string): Outcome<Frequency> {
  const frequency = FREQUENCIES.find((each) => each === text);
  return frequency === undefined ? fail('transmit-request/unknown-frequency') : done(frequency);
}

/** @param text RFC 3339; comes back in UTC */
export const understoodUntil = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : new Date(text).toISOString();

/** @failure transmit-request/no-address, transmit-request/too-many-addresses, discover/bad-address, edge/malformed */
export function understoodAddresses(texts: readonly string[]): Outcome<readonly DirectAddress[]> {
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

const filterFault = (below: string, code: string) => ({ pointer: `/triggers${below}`, code });

/**
 * No kind at all would be a request that never sends, and one named twice is most likely another one misspelt.
 *
 * @failure transmit-request/bad-filter
 */
export function understoodFilter(
  named: readonly string[] | undefined,
  frequency: Frequency,
  kinds: readonly EventKind[],
): Outcome<readonly EventKind[] | undefined> {
  if (named === undefined) return done(undefined);
  const faults = named.flatMap((kind, at) => {
    if (!kinds.includes(kind)) return [filterFault(`/${at}`, 'unknown')];
    return named.indexOf(kind) < at ? [filterFault(`/${at}`, 'repeated')] : [];
  });
  if (frequency !== 'on-update') faults.push(filterFault('', 'not-of-this-frequency'));
  if (named.length === 0) faults.push(filterFault('', 'empty'));
  return faults.length === 0 ? done(named) : failAt('transmit-request/bad-filter', faults);
}

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
