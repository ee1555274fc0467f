import type { DirectAddress } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { isOwn, ofOthers } from '../own-address.ts';
import { isScheduled } from '../schedule/scheduled.ts';
import { understoodSchedule } from '../schedule/understood.ts';
import type { EventKind, Frequency, Schedule, TransmitRequest } from '../transmit-request.ts';
import { addressesOf } from '../view.ts';
import {
  frequencyOf,
  type Offered,
  understoodAddresses,
  understoodFilter,
  understoodUntil,
  type Wanted,
} from '../wanted.ts';
import type { AmendedSchedule, Amendment, Change } from './amendment.ts';

/** All that can be changed of a request. */
export type Terms = Pick<
  Wanted,
  'addresses' | 'frequency' | 'schedule' | 'triggers' | 'until' | 'clientReference'
>;

/** As they are: the addresses that are not stopped, in the order in which they were asked for. */
export const termsOf = (request: TransmitRequest): Terms => ({
  addresses: addressesOf(request)
    .filter(({ status }) => status !== 'revoked')
    .map(({ address }) => address),
  frequency: request.frequency,
  ...(request.schedule === undefined ? {} : { schedule: request.schedule }),
  ...(request.triggers === undefined ? {} : { triggers: request.triggers }),
  ...(request.until === undefined ? {} : { until: request.until }),
  ...(request.clientReference === undefined ? {} : { clientReference: request.clientReference }),
});

/**
 * The terms after an amendment. Only what it names is judged: what the settings do not offer any more stands on where
 * nobody touches it. With another frequency, what belongs to the old one falls away by itself.
 *
 * @param offered the data holder's own addresses, and the kinds of events that there are
 * @failure transmit-request/unknown-frequency, transmit-request/not-once, transmit-request/no-address,
 *   transmit-request/too-many-addresses; with a pointer to each fault discover/bad-address, edge/malformed,
 *   transmit-request/own-address, transmit-request/bad-schedule and transmit-request/bad-filter
 */
export function termsAfter(
  before: Terms,
  asked: Amendment,
  { senders, kinds }: Offered,
): Outcome<Terms> {
  const frequency = frequencyAfter(before.frequency, asked.frequency);
  if (!frequency.ok) return frequency;
  const schedule = scheduleAfter(before, asked.schedule, frequency.value);
  if (!schedule.ok) return schedule;
  const triggers = filterAfter(before, asked.triggers, frequency.value, kinds);
  if (!triggers.ok) return triggers;
  const addresses = addressesAfter(before, asked.addresses, senders);
  if (!addresses.ok) return addresses;
  const until = asked.until ? understoodUntil(asked.until.to) : before.until;
  const reference = asked.clientReference ? asked.clientReference.to : before.clientReference;
  return done({
    addresses: addresses.value,
    frequency: frequency.value,
    ...(schedule.value === undefined ? {} : { schedule: schedule.value }),
    ...(triggers.value === undefined ? {} : { triggers: triggers.value }),
    ...(until === undefined ? {} : { until }),
    ...(reference === undefined ? {} : { clientReference: reference }),
  });
}

/** Of an order that stands, nobody could say which of its copies is the one. */
function frequencyAfter(before: Frequency, asked: string | undefined): Outcome<Frequency> {
  const frequency = asked === undefined ? done(before) : frequencyOf(asked);
  const isStanding = before !== 'once';
  return frequency.ok && frequency.value === 'once' && isStanding
    ? fail('transmit-request/not-once')
    : frequency;
}

/** RFC 7396: what a member does not name, it leaves as it is. */
function scheduleAfter(
  { schedule: kept, frequency: was }: Terms,
  change: Change<AmendedSchedule> | undefined,
  frequency: Frequency,
): Outcome<Schedule | undefined> {
  if (change === undefined && frequency === was) return done(kept);
  const stays = stayingOf(kept, was, frequency);
  if (change === undefined) return understoodSchedule(stays, frequency);
  if (change.to === undefined) return understoodSchedule(undefined, frequency);
  const { at, timeZone, dayOfWeek, dayOfMonth } = change.to;
  const day = {
    dayOfWeek: dayOfWeek ? dayOfWeek.to : stays?.dayOfWeek,
    dayOfMonth: dayOfMonth ? dayOfMonth.to : stays?.dayOfMonth,
  };
  // What is missing is no time, and no zone.
  const time = { at: at ?? stays?.at ?? '', timeZone: timeZone ?? stays?.timeZone ?? '' };
  return understoodSchedule({ ...time, ...day }, frequency);
}

/** A day belongs to one frequency, the time of day to all that go by the clock. */
function stayingOf(
  schedule: Schedule | undefined,
  was: Frequency,
  frequency: Frequency,
): Schedule | undefined {
  if (schedule === undefined || was === frequency) return schedule;
  return isScheduled(frequency) ? { at: schedule.at, timeZone: schedule.timeZone } : undefined;
}

function filterAfter(
  { triggers }: Terms,
  change: Change<readonly string[]> | undefined,
  frequency: Frequency,
  kinds: readonly EventKind[],
): Outcome<readonly EventKind[] | undefined> {
  if (change) return understoodFilter(change.to, frequency, kinds);
  return done(frequency === 'on-update' ? triggers : undefined);
}

function addressesAfter(
  { addresses: before }: Terms,
  asked: readonly string[] | undefined,
  senders: readonly DirectAddress[],
): Outcome<readonly DirectAddress[]> {
  if (asked === undefined) return done(before);
  const named = understoodAddresses(asked);
  // One that became the data holder's own since may stay: else nothing beside it could be taken away.
  const refused = senders.filter((each) => !isOwn(each, before));
  return named.ok ? ofOthers(named.value, refused) : named;
}
