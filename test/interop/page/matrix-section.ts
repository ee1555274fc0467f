import { list, table } from '../../bench/report/table.ts';
import { rowsIn } from '../../support/page-rows.ts';
import { READERS } from '../matrix/readers.ts';
import type { Cell } from '../matrix/run-matrix.ts';
import { VARIANTS } from '../matrix/variants.ts';

/** @throws Error when a reader is missing: half a table says less than the one that is there */
export function matrixSection(cells: readonly Cell[]): string {
  const readers = READERS.map(({ name }) => name);
  const cellAt = (variant: string, reader: string): Cell => {
    const cell = cells.find((each) => each.variant === variant && each.reader === reader);
    if (cell?.got === undefined) throw new Error(`${reader} did not read; is it installed?`);
    return cell;
  };
  const rows = VARIANTS.map(({ name }) => [
    name,
    ...readers.map((reader) => cellAt(name, reader).got ?? ''),
  ]);
  return [
    table(['message', ...readers], rows),
    '',
    'Read with:',
    '',
    list(READERS.map((reader) => lineOf(reader.name, reader.version(), cells))),
  ].join('\n');
}

function lineOf(reader: string, version: string, cells: readonly Cell[]): string {
  const limits = cells.flatMap((cell) => (cell.reader === reader && cell.why ? [cell.why] : []));
  const limit = [...new Set(limits)].map((why) => `; expected: ${why}`).join('');
  return `**${reader}**: ${version}${limit}`;
}

/** What a committed table says, by message and reader. */
export function cellsIn(section: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const [head = [], , ...rows] = rowsIn(section);
  const readers = head.slice(1);
  return new Map(
    rows.map(([variant = '', ...cells]) => [
      variant,
      new Map(readers.map((reader, at) => [reader, cells[at] ?? ''])),
    ]),
  );
}
