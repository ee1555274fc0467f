/** Names that change how an object behaves when somebody copies them. No body of ours has them. */
const POLLUTING: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What stands between two marks of a text's structure does not matter here. */
const MARKS = /[{}[\],:]|"(?:[^"\\]|\\.)*"/g;

/**
 * What JSON.parse does not say of a text that it has read: of two members of one name it keeps the last, silently, where
 * another reader keeps the first. Strings are looked at as they are written, one after the other.
 *
 * @param text that JSON.parse has read
 */
export function faultInNames(text: string, maxDepth: number): string | undefined {
  /** The names of each object that is open; an array has none. */
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (const [mark] of text.matchAll(MARKS)) {
    switch (mark) {
      case '{':
      case '[':
        if (open.length >= maxDepth) return 'too-deep';
        open.push(mark === '{' ? new Set() : undefined);
        isName = mark === '{';
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        isName = open.at(-1) !== undefined;
        break;
      case ':':
        isName = false;
        break;
      default: {
        const fault = faultIn(mark, isName ? open.at(-1) : undefined);
        if (fault !== undefined) return fault;
      }
    }
  }
  return undefined;
}

/** @param names that the object has so far; absent: the string is a value */
function faultIn(written: string, names: Set<string> | undefined): string | undefined {
  const isEscaped = written.includes('\\');
  if (names === undefined && !isEscaped) return undefined;
  const said = isEscaped ? String(JSON.parse(written)) : written.slice(1, -1);
  if (!said.isWellFormed()) return 'half-character';
  if (names === undefined) return undefined;
  if (POLLUTING.has(said)) return 'forbidden-name';
  if (names.has(said)) return 'duplicate-name';
  names.add(said);
  return undefined;
}
