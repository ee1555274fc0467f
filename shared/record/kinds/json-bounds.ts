import { done, fail, type Outcome } from '../../outcome.ts';

// As of a clinical document; real bundles are about ten levels deep and have a value every 20 to 40 bytes.
const MAX_DEPTH = 200;
const MAX_VALUES = 2_000_000;

const [QUOTE, BACKSLASH, COMMA] = [...Buffer.from('"\\,')];
const [OPENING, CLOSING] = [[...Buffer.from('{[')], [...Buffer.from('}]')]];

/**
 * Bounds what a JSON parser would build of these bytes, before one sees them: how deep, and how many values. Where it is
 * no JSON the parser says so.
 *
 * @param bytes UTF-8
 * @failure record/too-deep, record/too-complex
 */
export function checkJsonBounds(bytes: Uint8Array): Outcome<void> {
  let [depth, values] = [0, 1];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfString(bytes, at + 1);
    else if (byte === COMMA) values += 1;
    else if (OPENING.includes(byte)) {
      depth += 1;
      values += 1;
    } else if (CLOSING.includes(byte)) depth -= 1;
    if (depth > MAX_DEPTH) return fail('record/too-deep');
    if (values > MAX_VALUES) return fail('record/too-complex');
  }
  return done(undefined);
}

/** Where the closing quote is. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
