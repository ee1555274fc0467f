/** RFC 2045: lines of at most 76 characters; 57 bytes make one. */
const ROW_BYTES = 57;
const ROW_PAIRS = 39;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Two characters for each 12 bits, laid out in memory in the order in which they are written. */
const PAIRS = new Uint16Array(
  Uint8Array.from({ length: 8192 }, (_, at) => {
    const bits = at >> 1;
    return ALPHABET.charCodeAt(at % 2 === 0 ? bits >> 6 : bits & 63);
  }).buffer,
);
const CRLF = new Uint16Array(Uint8Array.of(13, 10).buffer)[0] ?? 0;

const linesLength = (sizeBytes: number): number => {
  const rest = sizeBytes % ROW_BYTES;
  const lastRow = rest === 0 ? 0 : Math.ceil(rest / 3) * 4 + 2;
  return Math.floor(sizeBytes / ROW_BYTES) * ROW_PAIRS * 2 + lastRow;
};

/**
 * Text, then chunks in base64 with lines of 76 characters and CRLF, then text: one buffer, written once.
 *
 * @param sizeBytes what the chunks come to; it is a bug when they do not
 */
export function base64Between(
  head: string,
  sizeBytes: number,
  chunks: Iterable<Uint8Array>,
  tail = '',
): Buffer {
  // Rows are written two characters at a time, so they must start at an even address.
  const skew = head.length % 2;
  const bodyEnd = head.length + linesLength(sizeBytes);
  const message = Buffer.from(
    new ArrayBuffer(skew + bodyEnd + tail.length),
    skew,
    bodyEnd + tail.length,
  );
  const rows = Math.floor(sizeBytes / ROW_BYTES);
  const pairs = new Uint16Array(message.buffer, skew + head.length, rows * ROW_PAIRS);

  message.write(head, 0, 'latin1');
  const rest = writeRows(chunks, pairs);
  const lastRow = `${rest.toString('base64')}${rest.length > 0 ? '\r\n' : ''}`;
  if (rows * ROW_BYTES + rest.length !== sizeBytes) throw new Error('The size was announced wrong');
  message.write(lastRow, bodyEnd - lastRow.length, 'latin1');
  message.write(tail, bodyEnd, 'latin1');
  return message;
}

/** Writes all whole rows and answers what is left over. */
function writeRows(chunks: Iterable<Uint8Array>, pairs: Uint16Array): Buffer {
  const held = Buffer.alloc(ROW_BYTES);
  let heldBytes = 0;
  let at = 0;
  for (const chunk of chunks) {
    const first = heldBytes === 0 ? 0 : Math.min(ROW_BYTES - heldBytes, chunk.length);
    held.set(chunk.subarray(0, first), heldBytes);
    heldBytes += first;
    if (heldBytes === ROW_BYTES) {
      at = writeRow(held, 0, pairs, at);
      heldBytes = 0;
    }
    let from = first;
    for (; from + ROW_BYTES <= chunk.length; from += ROW_BYTES)
      at = writeRow(chunk, from, pairs, at);
    held.set(chunk.subarray(from), heldBytes);
    heldBytes += chunk.length - from;
  }
  return held.subarray(0, heldBytes);
}

function writeRow(source: Uint8Array, from: number, pairs: Uint16Array, start: number): number {
  let at = start;
  for (let index = from; index < from + ROW_BYTES; index += 3) {
    const bits =
      ((source[index] ?? 0) << 16) | ((source[index + 1] ?? 0) << 8) | (source[index + 2] ?? 0);
    pairs[at++] = PAIRS[bits >> 12] ?? 0;
    pairs[at++] = PAIRS[bits & 4095] ?? 0;
  }
  pairs[at++] = CRLF;
  return at;
}

const SKIPPED = 64;
const PADDING = 65;
const FOREIGN = 66;
const VALUES = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (' \t\r\n'.includes(character)) return SKIPPED;
  if (character === '=') return PADDING;
  const value = ALPHABET.indexOf(character);
  return value < 0 ? FOREIGN : value;
});

/** Decodes base64 with any line length. Characters that are neither base64 nor white space, and data after padding, are refused. */
export function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.allocUnsafe(Math.floor((text.length * 3) / 4) + 3);
  let length = 0;
  let digits = 0;
  let padding = 0;
  let bits = 0;
  for (const code of text) {
    const value = VALUES[code] ?? FOREIGN;
    if (value === SKIPPED) continue;
    if (value === PADDING) padding += 1;
    else if (value === FOREIGN || padding > 0) return undefined;
    else {
      bits = (bits << 6) | value;
      digits += 1;
      if (digits % 4 === 0) {
        bytes[length++] = bits >> 16;
        bytes[length++] = bits >> 8;
        bytes[length++] = bits;
        bits = 0;
      }
    }
  }
  return endOfBase64(bytes, length, digits % 4, padding, bits);
}

function endOfBase64(
  bytes: Buffer,
  length: number,
  digits: number,
  padding: number,
  bits: number,
): Uint8Array | undefined {
  if (digits === 0) return padding === 0 ? bytes.subarray(0, length) : undefined;
  if (digits === 1 || digits + padding !== 4) return undefined;
  bytes[length] = digits === 2 ? bits >> 4 : bits >> 10;
  if (digits === 3) bytes[length + 1] = bits >> 2;
  return bytes.subarray(0, length + digits - 1);
}
