/** Where the parts of a multipart body lie, and whether the delimiter that ends it is there. */
export interface Split {
  readonly parts: readonly Uint8Array[];
  readonly complete: boolean;
}

const [TAB, LF, CR, SPACE, DASH] = [9, 10, 13, 32, 45] as const;

/**
 * Splits a multipart body (RFC 2046). A part ends before the line break that belongs to the next delimiter.
 * Every byte is looked at twice at most, whatever the boundary: only the start of a line is compared with it.
 *
 * @returns undefined when there are more than `most` parts
 */
export function splitMultipart(
  body: Uint8Array,
  boundary: string,
  most: number,
): Split | undefined {
  const marker = Buffer.from(`--${boundary}`);
  const parts: Uint8Array[] = [];
  let from = -1;
  for (let at = 0; at < body.length; at = nextDashes(body, at)) {
    const delimiter = delimiterAt(body, at, marker);
    if (!delimiter) continue;
    if (from >= 0) parts.push(body.subarray(from, Math.max(from, lineBreakBefore(body, at))));
    if (parts.length > most) return undefined;
    if (delimiter.closes) return { parts, complete: true };
    from = delimiter.after;
  }
  if (from >= 0) parts.push(body.subarray(from));
  return parts.length > most ? undefined : { parts, complete: false };
}

/** The next line that begins with two dashes, as every delimiter does. A search by `indexOf` would be a call for each. */
function nextDashes(body: Uint8Array, from: number): number {
  for (let at = from; at < body.length; at++) {
    if (body[at] === LF && body[at + 1] === DASH && body[at + 2] === DASH) return at + 1;
  }
  return body.length;
}

/** A delimiter is a line of its own, with nothing but blanks after it. @param at the start of a line */
function delimiterAt(
  body: Uint8Array,
  at: number,
  marker: Uint8Array,
): { readonly closes: boolean; readonly after: number } | undefined {
  if (!startsWith(body, at, marker)) return undefined;
  let end = at + marker.length;
  const closes = body[end] === DASH && body[end + 1] === DASH;
  if (closes) end += 2;
  while (body[end] === SPACE || body[end] === TAB) end += 1;
  if (body[end] === CR && body[end + 1] === LF) end += 1;
  if (end < body.length && body[end] !== LF) return undefined;
  return { closes, after: Math.min(end + 1, body.length) };
}

function startsWith(body: Uint8Array, at: number, marker: Uint8Array): boolean {
  let length = 0;
  while (length < marker.length && body[at + length] === marker[length]) length += 1;
  return length === marker.length;
}

function lineBreakBefore(body: Uint8Array, at: number): number {
  const feed = at - 1;
  return body[feed - 1] === CR ? feed - 1 : feed;
}
