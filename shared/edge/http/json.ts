import { done, failAt, type Outcome } from '../../outcome.ts';
import { faultInNames } from './json-names.ts';

/** How much of a JSON text is taken. */
export interface JsonBounds {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxValues: number;
}

/** Bounds of a JSON body, checked before any schema sees it: 100 events of a generous 2 KB each, and no deeper than any of ours. */
export const OURS: JsonBounds = { maxBytes: 256 * 1024, maxDepth: 16, maxValues: 10_000 };

/**
 * Reads JSON text (RFC 8259) so that everybody who reads it reads the same (RFC 7493): in UTF-8 without a byte order
 * mark, each name once in its object, no half of a character, no number that would become another one.
 *
 * @failure edge/malformed
 */
export function jsonIn(bytes: Uint8Array, bounds: JsonBounds = OURS): Outcome<unknown> {
  if (bytes.length > bounds.maxBytes) return malformed('too-large');
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return malformed('not-json');
  }
  const fault = faultInNames(text, bounds.maxDepth) ?? faultInValues(value, bounds.maxValues);
  return fault === undefined ? done(value) : malformed(fault);
}

/** Walks without recursion. No deeper than was found already. */
function faultInValues(root: unknown, maxValues: number): string | undefined {
  const open: unknown[] = [root];
  let seen = 0;
  for (let next = open.pop(); seen === 0 || next !== undefined; next = open.pop()) {
    if (++seen > maxValues) return 'too-many-values';
    if (typeof next === 'number' && !isExact(next)) return 'inexact-number';
    if (typeof next !== 'object' || next === null) continue;
    // One by one: as many arguments as a caller can write values would not fit on the stack.
    for (const value of Object.values(next)) open.push(value);
  }
  return undefined;
}

/** Infinity is what is left of a number that is too large, and an integer above 2^53 may be its neighbour. */
const isExact = (value: number): boolean =>
  Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

const malformed = (code: string): Outcome<never> =>
  failAt('edge/malformed', [{ pointer: '', code }]);
