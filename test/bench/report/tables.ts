import type { Verdict } from '../gates.ts';
import { measureIn, median } from '../ratios.ts';
import type { Measured } from '../results.ts';

/** A table in Markdown, which a terminal shows as well. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Three significant digits, without an exponent. */
export const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);

export function tablesOf(measured: readonly Measured[], verdicts: readonly Verdict[]): string {
  const rows = measured.map((each) => [
    each.suite,
    each.case,
    String(each.run),
    Object.entries(each.contestants)
      .map(([name, { values }]) => `${name} ${figure(median(values))} (${figure(Math.min(...values))})`)
      .join(', '),
    figure(measureIn(each, { kind: 'ratio', of: 'limit', over: 'ours' }) ?? Number.NaN),
  ]);
  const floors = verdicts.map(({ floor, best, runs, state, reachesAim }) => [
    floor.what,
    floor.case,
    `${floor.sense} ${floor.floor}${floor.unit}`,
    String(floor.aim),
    best === undefined ? '' : figure(best),
    runs.map(figure).join(' '),
    state + (reachesAim ? ', aim reached' : ''),
  ]);
  return [
    table(['suite', 'case', 'run', 'median (min) ms', 'share'], rows),
    '',
    table(['floor', 'case', 'floor', 'aim', 'best', 'runs', ''], floors),
    '',
  ].join('\n');
}
