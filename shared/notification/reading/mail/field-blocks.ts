import { done, fail, type Outcome } from '../../../outcome.ts';
import { LINE_END } from './line-ends.ts';

/** By name in lower case, each value unfolded and on one line. Of a name that repeats, the first. */
export type Block = ReadonlyMap<string, string>;

/** A hundred recipients with two kilobytes each. */
const LARGEST_BYTES = 256 * 1024;

const FIELD = /^[ \t]*([\x21-\x39\x3b-\x7e]+)[ \t]*:(.*)$/;

/**
 * Reads blocks of fields between blank lines, as reports have them (RFC 3464 section 2.1.2), from many hands: blanks
 * before the colon, no blank line at the end, any case, any charset. What is no field is passed over.
 *
 * @failure notification/too-large
 */
export function readBlocks(bytes: Uint8Array): Outcome<readonly Block[]> {
  if (bytes.length > LARGEST_BYTES) return fail('notification/too-large');
  const blocks: string[][] = [[]];
  for (const line of new TextDecoder().decode(bytes).split(LINE_END)) {
    const block = blocks.at(-1) ?? [];
    if (line.trim() === '') blocks.push([]);
    else if (/^[ \t]/.test(line) && block.length > 0) {
      block.push(`${block.pop() ?? ''} ${line.trim()}`);
    } else {
      block.push(line);
    }
  }
  return done(blocks.filter((lines) => lines.length > 0).map((lines) => blockOf(lines.map(split))));
}

/** The first of each name. */
export function blockOf(fields: readonly (readonly [name: string, value: string])[]): Block {
  const block = new Map<string, string>();
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (!block.has(key)) block.set(key, flat(value));
  }
  return block;
}

function split(line: string): readonly [name: string, value: string] {
  const [, name = '', value = ''] = FIELD.exec(line) ?? [];
  return [name, value];
}

// oxlint-disable-next-line no-control-regex -- control characters are what it takes out
const flat = (value: string): string => value.replaceAll(/[\x00-\x1f\x7f]+/g, ' ').trim();

/** The value without what stands in parentheses, nested ones and one that is never closed included. */
export function withoutComments(value: string): string {
  let depth = 0;
  let kept = '';
  for (const character of value) {
    if (character === '(') depth += 1;
    if (depth === 0) kept += character;
    if (character === ')' && depth > 0) depth -= 1;
  }
  return kept.trim();
}
