import { table } from '../../bench/report/table.ts';
import { told, type ToldCase } from '../conformance/told-case.ts';

/** What comes of each case, one after the other, under these heads. */
export async function toldTable(
  heads: readonly [string, string],
  cases: readonly ToldCase[],
  nameOf: (each: ToldCase) => string = ({ id }) => id,
): Promise<string> {
  const rows: string[][] = [];
  for (const each of cases) rows.push([nameOf(each), await told(each)]);
  return table(heads, rows);
}
