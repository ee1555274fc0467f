import { measureIn, median } from '../ratios.ts';
import type { Measured } from '../results.ts';
import { figure } from './table.ts';
import type { Report } from './report.ts';

/** What went against us: floors that were missed, aims that were not reached, and whoever was better than ours. */
export function against({ verdicts, measured }: Report): readonly string[] {
  const missed = verdicts
    .filter(({ state }) => state === 'missed')
    .map(
      ({ floor, decisive }) =>
        `Missed: ${floor.what}, ${floor.case}: ${figure(decisive ?? 0)}${floor.unit}, ${floor.sense} ${figure(floor.floor ?? 0)} is asked for.`,
    );
  const short = verdicts
    .filter(({ state, reachesAim }) => state === 'met' && !reachesAim)
    .map(
      ({ floor, decisive }) =>
        `${floor.what}, ${floor.case}: ${figure(decisive ?? 0)}${floor.unit}`,
    );
  const aims = short.length === 0 ? [] : [`Floor met, aim not reached: ${short.join('; ')}.`];
  return [...missed, ...betterThanOurs(measured), ...aims];
}

function betterThanOurs(measured: readonly Measured[]): readonly string[] {
  const cases = Map.groupBy(measured, (each) => `${each.suite}, ${each.case}`);
  return [...cases].flatMap(([name, runs]) => {
    const others = Object.keys(runs[0]?.contestants ?? {}).filter(
      (other) => other !== 'ours' && other !== 'limit',
    );
    return others.flatMap((other) => {
      const ratios = runs.flatMap(
        (each) => measureIn(each, { kind: 'ratio', of: 'ours', over: other }) ?? [],
      );
      const ratio = median(ratios);
      return ratio > 1 ? [`${name}: ours takes ${figure(ratio)} times what ${other} takes.`] : [];
    });
  });
}
