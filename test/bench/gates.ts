import type { Floor } from './floors.ts';
import { measureIn } from './ratios.ts';
import type { Measured } from './results.ts';

/** How a floor stands after all runs. */
export interface Verdict {
  readonly floor: Floor;
  /** One for each run in which it could be measured. */
  readonly runs: readonly number[];
  /** Of the runs: what a disturbed machine took away in one may be there in another. Absent when there is none. */
  readonly best: number | undefined;
  /** The run by which it stands or falls: the best, or where every run is held to it the worst. */
  readonly decisive: number | undefined;
  readonly state: 'met' | 'missed' | 'reported' | 'not measured';
  readonly reachesAim: boolean;
}

/**
 * Judges the floors of what was asked for. A floor is missed only when the best run is on the wrong side of it,
 * or any run where every run is held to it.
 *
 * @param measured all runs; floors of cases that are not among them are left out
 */
export const judge = (
  floors: readonly Floor[],
  measured: readonly Measured[],
): readonly Verdict[] =>
  floors.flatMap((floor) => {
    const runs = measured.filter((each) => each.suite === floor.suite && each.case === floor.case);
    return runs.length === 0 ? [] : [verdictOn(floor, runs)];
  });

function verdictOn(floor: Floor, measured: readonly Measured[]): Verdict {
  const runs = measured.flatMap((each) => measureIn(each, floor.measure) ?? []);
  if (runs.length === 0) {
    const none = { best: undefined, decisive: undefined };
    return { floor, runs, ...none, state: 'not measured', reachesAim: false };
  }
  const [least, most] = [Math.min(...runs), Math.max(...runs)];
  const [best, worst] = floor.sense === 'at least' ? [most, least] : [least, most];
  const decisive = floor.everyRun ? worst : best;
  const reaches = (bound: number): boolean =>
    floor.sense === 'at least' ? decisive >= bound : decisive <= bound;
  const state = stateOf(floor, reaches);
  return { floor, runs, best, decisive, state, reachesAim: reaches(floor.aim) };
}

function stateOf({ floor }: Floor, reaches: (bound: number) => boolean): Verdict['state'] {
  if (floor === undefined) return 'reported';
  return reaches(floor) ? 'met' : 'missed';
}

/** The last line: `bench: 13 of 13 floors met`, with what was missed or could not be measured. */
export function summaryOf(verdicts: readonly Verdict[], quick = false): string {
  const judged = verdicts.filter(({ state }) => state === 'met' || state === 'missed');
  const missed = judged.filter(({ state }) => state === 'missed');
  const unmeasured = verdicts.filter(({ state }) => state === 'not measured').length;
  const parts = [
    `bench${quick ? ' (quick)' : ''}: ${judged.length - missed.length} of ${judged.length} floors met`,
    ...[...Map.groupBy(missed, ({ floor }) => floor.what)].map(
      ([what, each]) => `missed: ${what} (${each.map(({ floor }) => floor.case).join(', ')})`,
    ),
  ];
  if (unmeasured > 0) parts.push(`${unmeasured} not measured, a contestant is missing`);
  return parts.join('; ');
}

export const exitCodeOf = (verdicts: readonly Verdict[]): 0 | 1 =>
  verdicts.some(({ state }) => state === 'missed') ? 1 : 0;
