import { decodeBase64 } from './decode-base64.ts';

/** @returns undefined for an encoding that does not exist, or bytes that are not in it */
export function decodeTransfer(body: Uint8Array, encoding: string): Uint8Array | undefined {
  switch (encoding.toLowerCase()) {
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    default:
      return undefined;
  }
}

const [TAB, LF, CR, SPACE, EQUALS] = [9, 10, 13, 32, 61] as const;

/** RFC 2045. An escape that is none stays as it stands; blanks at the end of a line were added on the way. */
function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(body.length);
  let length = 0;
  let kept = 0;
  for (let at = 0; at < body.length; at++) {
    const code = body[at] ?? 0;
    const lineEnd = code === EQUALS ? softBreakEnd(body, at + 1) : undefined;
    const escaped = code === EQUALS ? hexAt(body, at + 1) : undefined;
    if (lineEnd !== undefined) {
      at = lineEnd - 1;
      kept = length;
      continue;
    }
    if (code === CR || code === LF) length = kept;
    if (escaped !== undefined) at += 2;
    bytes[length++] = escaped ?? code;
    if (code !== SPACE && code !== TAB) kept = length;
  }
  return bytes.subarray(0, kept);
}

/** Where the next line begins, when nothing but blanks stands before it. */
function softBreakEnd(body: Uint8Array, from: number): number | undefined {
  let at = from;
  while (body[at] === SPACE || body[at] === TAB) at += 1;
  if (body[at] === CR) at += 1;
  return body[at] === LF ? at + 1 : undefined;
}

function hexAt(body: Uint8Array, at: number): number | undefined {
  const digits = String.fromCharCode(body[at] ?? 0, body[at + 1] ?? 0);
  return /^[0-9A-Fa-f]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
