import { addressKeyOf, type DirectAddress } from '../../ids.ts';
import type { Frequency } from '../transmit-request.ts';
import type { Terms } from './terms.ts';

/**
 * Whether terms ask for more than those before: to somebody else, more often, for more events, or for longer. Only then is
 * a consent needed.
 */
export const widens = (before: Terms, after: Terms): boolean =>
  addedBetween(before, after).length > 0 ||
  isOftener(before, after) ||
  isForMore(before, after) ||
  isLonger(before, after);

/** Who is named after it and was not before. */
export function addedBetween(before: Terms, after: Terms): readonly DirectAddress[] {
  const named = new Set(before.addresses.map(addressKeyOf));
  return after.addresses.filter((address) => !named.has(addressKeyOf(address)));
}

/** Whenever something happens is the most often that there is. */
const OFTEN: Readonly<Record<Frequency, number>> = {
  once: 0,
  monthly: 1,
  weekly: 2,
  daily: 3,
  'on-update': 4,
};

/** After some events only may be more seldom than any clock: whoever gives up the choice asks for more. */
function isOftener(before: Terms, after: Terms): boolean {
  const leavesFilter = before.triggers !== undefined && after.frequency !== 'on-update';
  return leavesFilter || OFTEN[after.frequency] > OFTEN[before.frequency];
}

function isForMore({ triggers: before }: Terms, { triggers: after }: Terms): boolean {
  if (before === undefined) return false;
  return after === undefined || after.some((kind) => !before.includes(kind));
}

function isLonger({ until: before }: Terms, { until: after }: Terms): boolean {
  if (before === undefined) return false;
  return after === undefined || Date.parse(after) > Date.parse(before);
}
