import { USUAL, type Separators } from './separators.ts';

/** What stands for a sequence that nobody here can read: so no identifier is taken for another. */
const UNREADABLE = '\ufffd';

/** Formatting has no text of its own. @see HL7 v2.9 chapter 2, 2.7.1 and 2.7.6 */
const NO_TEXT = /^(?:H|N|\.(?:fi|nf|(?:in|ti|sk)\s*[+-]?\d*))$/;
const NEW_LINE = /^\.(?:br|ce|sp\s*\d*)$/;
const HEX = /^X(?:[0-9A-Fa-f]{2})+$/;

/**
 * The text that a component stands for, once.
 *
 * @param charset in which the bytes of `\X..\` are text
 */
export function unescaped(text: string, separators: Separators, charset: string): string {
  const { escape } = separators;
  if (!text.includes(escape)) return text;
  // Odd ones stand between, even ones outside; without its end the last is no sequence.
  const parts = text.split(escape);
  const isOpen = parts.length % 2 === 0;
  const last = parts.length - 1;
  return parts
    .map((part, at) => {
      if (isOpen && at === last) return escape + part;
      return at % 2 === 0 ? part : meant(part, separators, charset);
    })
    .join('');
}

function meant(sequence: string, separators: Separators, charset: string): string {
  const { field, component, repetition, escape, subcomponent } = separators;
  const named = { F: field, S: component, R: repetition, E: escape, T: subcomponent };
  if (Object.hasOwn(named, sequence)) return named[sequence as keyof typeof named];
  if (HEX.test(sequence)) {
    return new TextDecoder(charset).decode(Buffer.from(sequence.slice(1), 'hex'));
  }
  if (NEW_LINE.test(sequence)) return '\n';
  return NO_TEXT.test(sequence) ? '' : UNREADABLE;
}

const NAMES = new Map([
  [USUAL.field, 'F'],
  [USUAL.component, 'S'],
  [USUAL.repetition, 'R'],
  [USUAL.escape, 'E'],
  [USUAL.subcomponent, 'T'],
]);

/** Text as it may stand in a component of a message with the usual separators. */
export const escaped = (text: string): string =>
  text.replace(/[|^~\\&]/g, (each) => `\\${NAMES.get(each) ?? ''}\\`);
