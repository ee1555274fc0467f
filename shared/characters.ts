/** Which characters text from outside may hold, and how the text of others is made harmless. */

/**
 * What nobody sees: controls, ends of lines, marks that turn the direction of text around, halves of characters.
 * Joiners are seen in how the letters beside them are written, and Persian and Indic names need them.
 */
const UNSEEN_OR_JOINERS = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`;
const JOINERS = String.raw`\u200c\u200d`;
const UNSEEN = `[${UNSEEN_OR_JOINERS}]--[${JOINERS}]`;
const ANY_UNSEEN = new RegExp(`[${UNSEEN}]`, 'v');
const ALL_UNSEEN = new RegExp(`[${UNSEEN}]`, 'gv');

/** Printable ASCII with blanks: references of other systems. */
export const PRINTABLE = /^[\x20-\x7e]+$/;

/** What nearly all text is, and what needs no closer look: words of printable ASCII with one blank between them. */
const PLAIN_LINE = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/;

/** Names of people in any script; without sets, so that JSON Schema can say it too. */
export const PERSONAL_NAME = new RegExp(`^(?:[^${UNSEEN_OR_JOINERS}]|[${JOINERS}])+$`, 'u');

export const isAllSeen = (text: string): boolean => PLAIN_LINE.test(text) || !ANY_UNSEEN.test(text);

/** The text with a blank in place of each character that nobody sees. */
export const withBlanks = (text: string): string =>
  PLAIN_LINE.test(text) ? text : text.replace(ALL_UNSEEN, ' ');

/** In pieces first: a pattern that takes megabytes at once may run out of stack. */
const singleBlanks = (text: string): string =>
  text.replace(/\s{1,1000}/gu, ' ').replace(/ {2,}/g, ' ');

/**
 * Text of others as it may stand in a mail header, a page or an HL7 field: one line, all of it seen, single blanks,
 * at most `maxLength` UTF-16 units and never half a character.
 */
export function oneLine(text: string, maxLength: number): string {
  const flat = PLAIN_LINE.test(text) ? text : singleBlanks(withBlanks(text)).trim();
  if (flat.length <= maxLength) return flat;
  const cut = flat.slice(0, maxLength);
  return (/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd();
}
