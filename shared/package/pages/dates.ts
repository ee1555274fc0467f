import type { Words } from './words.ts';

/** A date as people write it. @param date YYYY-MM-DD, or less where less is known */
export function dateInWords(date: string, { months, dayOf, monthOf }: Words): string {
  const [year = '', month, day] = date.split('-');
  const name = months[Number(month) - 1];
  if (name === undefined) return year;
  return day === undefined ? monthOf(name, year) : dayOf(Number(day), name, year);
}

/** To the minute, in UTC: nobody knows where it will be read. */
export function timeInWords(time: Date, words: Words): string {
  const iso = time.toISOString();
  return `${dateInWords(iso.slice(0, 10), words)}, ${iso.slice(11, 16)} UTC`;
}
