/** One header field. The name is in lower case; the value is unfolded, trimmed, and not decoded further. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

export interface Head {
  readonly fields: readonly Field[];
  /** Where the body begins: after the blank line. */
  readonly bodyStart: number;
}

const LARGEST_BYTES = 64 * 1024;
const MOST_FIELDS = 200;
const LF = 10;

/**
 * Reads a header up to its blank line, or to the end when there is none. Lines may end with LF alone.
 *
 * @returns undefined when a line is no field, a value holds a control character, or there is too much of it
 */
export function readHead(bytes: Uint8Array): Head | undefined {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  let at = 0;
  while (at < bytes.length) {
    const feed = bytes.subarray(at, LARGEST_BYTES).indexOf(LF);
    if (feed < 0 && bytes.length > LARGEST_BYTES) return undefined;
    const next = feed < 0 ? bytes.length : at + feed + 1;
    const line = decoder.decode(bytes.subarray(at, next)).replace(/\r?\n$/, '');
    at = next;
    if (line === '') break;
    if (!/^[ \t]/.test(line)) lines.push(line);
    else if (lines.length > 0) lines.push(`${lines.pop() ?? ''}${line}`);
    else return undefined;
  }
  const fields = lines.map(readField);
  return lines.length <= MOST_FIELDS && fields.every((field) => field !== undefined)
    ? { fields, bodyStart: at }
    : undefined;
}

function readField(line: string): Field | undefined {
  const [, name, value] = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:(.*)$/s.exec(line) ?? [];
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (name === undefined || value === undefined || /[\x00-\x08\x0a-\x1f\x7f]/.test(value)) {
    return undefined;
  }
  return { name: name.toLowerCase(), value: value.trim() };
}

/** A value with parameters, as Content-Type and Content-Disposition have it. */
export interface Structured {
  /** In lower case, without the parameters. */
  readonly value: string;
  /** By name in lower case; of a name that repeats, the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;[ \t]*([^\s=;"]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

export function readStructured(text: string): Structured {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text.matchAll(PARAMETER)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, value);
  }
  return { value: (text.split(';', 1)[0] ?? '').trim().toLowerCase(), parameters };
}
