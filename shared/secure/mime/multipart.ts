/** Where the parts of a multipart body lie, and whether the delimiter that ends it is there. */
export interface Split {
  readonly parts: readonly Uint8Array[];
  readonly complete: boolean;
}

const CR = 13;
const LF = 10;

/**
 * Splits a multipart body (RFC 2046). A part ends before the line break that belongs to the next delimiter.
 *
 * @returns undefined when there are more than `most` parts
 */
export function splitMultipart(body: Buffer, boundary: string, most: number): Split | undefined {
  const marker = Buffer.from(`--${boundary}`);
  const parts: Uint8Array[] = [];
  let from = -1;
  for (let at = body.indexOf(marker); at >= 0; at = body.indexOf(marker, at + 1)) {
    const delimiter = delimiterAt(body, at, marker.length);
    if (!delimiter) continue;
    if (from >= 0) parts.push(body.subarray(from, Math.max(from, lineBreakBefore(body, at))));
    if (parts.length > most) return undefined;
    if (delimiter.closes) return { parts, complete: true };
    from = delimiter.after;
  }
  if (from >= 0) parts.push(body.subarray(from));
  return parts.length > most ? undefined : { parts, complete: false };
}

/** A delimiter is a line of its own: nothing before it, nothing but blanks after it. */
function delimiterAt(
  body: Buffer,
  at: number,
  length: number,
): { readonly closes: boolean; readonly after: number } | undefined {
  if (at > 0 && body[at - 1] !== LF) return undefined;
  let end = at + length;
  const closes = body.toString('latin1', end, end + 2) === '--';
  if (closes) end += 2;
  while (body[end] === 32 || body[end] === 9) end += 1;
  if (body[end] === CR && body[end + 1] === LF) end += 1;
  if (end < body.length && body[end] !== LF) return undefined;
  return { closes, after: Math.min(end + 1, body.length) };
}

function lineBreakBefore(body: Buffer, at: number): number {
  const feed = at - 1;
  return body[feed - 1] === CR ? feed - 1 : feed;
}
