/** Cells of a row of a Markdown table. */
export const cellsOf = (row: string): readonly string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Rows of all tables in a text, their heads and rules among them. */
export const rowsIn = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);

/** Rows of the table under a heading of a page, without its head. */
export const rowsUnder = (page: string, heading: string): readonly (readonly string[])[] =>
  rowsIn((page.split(`\n## ${heading}\n`)[1] ?? '').split('\n## ')[0]!).slice(2);
