import { done, fail, type Outcome } from '../../outcome.ts';

// As of a clinical document; real bundles are about ten levels deep and have a value every 20 to 40 bytes.
const MAX_DEPTH = 200;
const MAX_VALUES = 2_000_000;
// A resource of FHIR has some dozens of elements. A set of many more could be made slow by names that collide.
const MAX_NAMES = 256;

const [QUOTE, BACKSLASH, COMMA] = ['"', '\\', ','].map((mark) => mark.charCodeAt(0));
const [OBJECT, LIST] = ['{', '['].map((mark) => mark.charCodeAt(0));
const [OBJECT_END, LIST_END] = ['}', ']'].map((mark) => mark.charCodeAt(0));

/**
 * Bounds what a JSON parser would build of this text, before one sees it: how deep, and how many values. No object may
 * have a name twice: of the two values one reader takes the first and another the last, and the recipient would read
 * what was never checked here. Where it is no JSON the parser says so.
 *
 * @failure record/too-deep, record/too-complex, record/not-fhir (a name twice)
 */
export function checkJsonBounds(text: string): Outcome<void> {
  // The names of each open object; a list has none.
  const open: (Set<string> | undefined)[] = [];
  let [values, isNameNext] = [1, false];
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    if (mark === QUOTE) {
      const [from, names] = [at, open.at(-1)];
      at = endOfString(text, from + 1);
      if (!isNameNext || !names) continue;
      isNameNext = false;
      const known = names.size;
      if (names.add(nameOf(text.slice(from + 1, at))).size === known)
        return fail('record/not-fhir');
      if (known === MAX_NAMES) return fail('record/too-complex');
    } else if (mark === COMMA) {
      values += 1;
      isNameNext = true;
    } else if (mark === OBJECT || mark === LIST) {
      values += 1;
      isNameNext = true;
      open.push(mark === OBJECT ? new Set() : undefined);
      if (open.length > MAX_DEPTH) return fail('record/too-deep');
    } else if (mark === OBJECT_END || mark === LIST_END) open.pop();
    if (values > MAX_VALUES) return fail('record/too-complex');
  }
  return done(undefined);
}

/** Where the closing quote is. */
function endOfString(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** A name as it is meant: `\u0069d` is `id`. */
function nameOf(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}
