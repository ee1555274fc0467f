/** Events of a subscription that did not come, from the first to the last of them. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** How far a subscription has been heard; what was heard late changes nothing. */
export interface Hearings {
  /** @param source who posts its notifications */
  last(source: string, subscription: string): Promise<number | undefined>;
  heard(source: string, subscription: string, number: number): Promise<void>;
}

/**
 * What is missing after the last that was heard. A subscription that was never heard misses nothing: nobody knows
 * since when it was meant for us.
 *
 * @param numbers of the events of one notification; of a heartbeat, how many events there were, as it says
 */
export function gapsIn(
  last: number | undefined,
  numbers: readonly number[],
  isHeartbeat: boolean,
): readonly Gap[] {
  const gaps: Gap[] = [];
  let heard = last;
  for (const number of numbers.toSorted((one, other) => one - other)) {
    // A heartbeat tells of events and brings none, so the last is missing too.
    const to = isHeartbeat ? number : number - 1;
    if (heard !== undefined && to > heard) gaps.push({ from: heard + 1, to });
    heard = Math.max(heard ?? number, number);
  }
  return gaps;
}

export const missingIn = (gaps: readonly Gap[]): number =>
  gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
