/** Control characters, line and paragraph separators, and marks that turn the direction of text around. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const ALL_UNPRINTABLE = new RegExp(UNPRINTABLE, 'gu');

export const isPrintable = (text: string): boolean => !UNPRINTABLE.test(text);

/**
 * Text of others as it may stand in a mail header, a page or an HL7 field: one line, no control characters,
 * single blanks, at most `maxLength` UTF-16 units and never half a character.
 */
export function oneLine(text: string, maxLength: number): string {
  const flat = text.replace(ALL_UNPRINTABLE, ' ').replace(/\s+/gu, ' ').trim();
  if (flat.length <= maxLength) return flat;
  const cut = flat.slice(0, maxLength);
  return (/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd();
}
