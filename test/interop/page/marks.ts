/** What of docs/interop.md is written by a program, and by nobody else. */
export type Section = 'matrix' | 'reads' | 'xdr' | 'ett';

const beginOf = (section: Section): string =>
  `<!-- ${section}: written by npm run conformance -- --write -->`;
const END = '<!-- end of what was written -->';

/** What stands between the marks of a section. @throws Error when there are none */
export function sectionOf(page: string, section: Section): string {
  const [begin, end] = placeOf(page, section);
  return page.slice(begin, end).trim();
}

export function withSection(page: string, section: Section, text: string): string {
  const [begin, end] = placeOf(page, section);
  return `${page.slice(0, begin)}\n\n${text.trim()}\n\n${page.slice(end)}`;
}

function placeOf(page: string, section: Section): readonly [number, number] {
  const mark = beginOf(section);
  const begin = page.indexOf(mark);
  const end = begin < 0 ? -1 : page.indexOf(END, begin);
  if (end < 0) throw new Error(`The page has no marks for ${section}`);
  return [begin + mark.length, end];
}
