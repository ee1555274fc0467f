/** RFC 2045: lines of at most 76 characters; 57 bytes make one. */
const ROW_BYTES = 57;
const ROW_CHARACTERS = 78;
/** Two rows end at a multiple of four characters, so that they can be written as whole words. */
const PAIR_BYTES = 2 * ROW_BYTES;
const PAIR_WORDS = (2 * ROW_CHARACTERS) / 4;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The two characters of each 12 bits as a little-endian half word: Lambda and every machine that runs Node are that. */
const HALVES = Uint16Array.from(
  { length: 4096 },
  (_, bits) => ALPHABET.charCodeAt(bits >> 6) | (ALPHABET.charCodeAt(bits & 63) << 8),
);
const CRLF = 0x0a0d;

const linesLength = (sizeBytes: number): number => {
  const rest = sizeBytes % ROW_BYTES;
  const lastRow = rest === 0 ? 0 : Math.ceil(rest / 3) * 4 + 2;
  return Math.floor(sizeBytes / ROW_BYTES) * ROW_CHARACTERS + lastRow;
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
  const skew = -head.length & 3;
  const bodyEnd = head.length + linesLength(sizeBytes);
  // Not zeroed before: every byte of it is written, or the size was wrong and nobody gets it.
  const message = Buffer.allocUnsafeSlow(skew + bodyEnd + tail.length).subarray(skew);
  const pairs = Math.floor(sizeBytes / PAIR_BYTES);
  const words = new Uint32Array(message.buffer, skew + head.length, pairs * PAIR_WORDS);

  message.write(head, 0, 'latin1');
  const rest = writePairs(chunks, words);
  if (pairs * PAIR_BYTES + rest.length !== sizeBytes)
    throw new Error('The size was announced wrong');
  const lastRows = rest.toString('base64').replace(/.{1,76}/g, '$&\r\n');
  message.write(lastRows, bodyEnd - lastRows.length, 'latin1');
  message.write(tail, bodyEnd, 'latin1');
  return message;
}

/** Writes all whole pairs of rows and answers what is left over. */
function writePairs(chunks: Iterable<Uint8Array>, words: Uint32Array): Buffer {
  const held = Buffer.alloc(PAIR_BYTES + OVERREAD_BYTES);
  let heldBytes = 0;
  let at = 0;
  for (const chunk of chunks) {
    const first = heldBytes === 0 ? 0 : Math.min(PAIR_BYTES - heldBytes, chunk.length);
    held.set(chunk.subarray(0, first), heldBytes);
    heldBytes += first;
    if (heldBytes === PAIR_BYTES) {
      at = encodePairs(held, words, at);
      heldBytes = 0;
    }
    const straight = chunk.subarray(first);
    const from = at;
    at = encodePairs(straight, words, from);
    const rest = straight.subarray(((at - from) / PAIR_WORDS) * PAIR_BYTES);
    held.set(rest, heldBytes);
    heldBytes += rest.length;
  }
  const isPair = heldBytes === PAIR_BYTES;
  if (isPair) encodePairs(held, words, at);
  return held.subarray(0, isPair ? 0 : heldBytes);
}

/** Three bytes are read as a word, so there must be one more behind the last pair. */
const OVERREAD_BYTES = 1;

/**
 * Writes the pairs of rows at the front of `bytes`, of which the last byte is never one.
 *
 * @returns where the next word goes
 */
function encodePairs(bytes: Uint8Array, words: Uint32Array, start: number): number {
  const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pairs = Math.floor((bytes.length - OVERREAD_BYTES) / PAIR_BYTES);
  let at = start;
  let next = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const end = next + ROW_BYTES; next < end; next += 3) {
      const bits = source.getUint32(next) >>> 8;
      words[at++] = (HALVES[bits >> 12] ?? 0) | ((HALVES[bits & 4095] ?? 0) << 16);
    }
    // The second row begins in the middle of a word, behind the end of the first line.
    let half = CRLF;
    for (const end = next + ROW_BYTES; next < end; next += 3) {
      const bits = source.getUint32(next) >>> 8;
      words[at++] = half | ((HALVES[bits >> 12] ?? 0) << 16);
      half = HALVES[bits & 4095] ?? 0;
    }
    words[at++] = half | (CRLF << 16);
  }
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
