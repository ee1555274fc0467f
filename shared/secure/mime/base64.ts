/** RFC 2045: lines of at most 76 characters; 57 bytes make one. */
const ROW_BYTES = 57;
const ROW_CHARACTERS = 78;
/** Two rows end at a multiple of four characters, so that they can be written as whole words. */
const PAIR_BYTES = 2 * ROW_BYTES;
const PAIR_WORDS = (2 * ROW_CHARACTERS) / 4;
/** Three bytes are read as a word, so there must be one more behind the last pair. */
const OVERREAD_BYTES = 1;

export const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The two characters of each 12 bits as a little-endian half word, as x86 and ARM have it; on s390x nothing here is right. */
const HALVES = Uint16Array.from(
  { length: 4096 },
  (_, bits) => ALPHABET.charCodeAt(bits >> 6) | (ALPHABET.charCodeAt(bits & 63) << 8),
);
const CRLF = 0x0a0d;

/** How long so many bytes are in lines of base64. */
export const linesLength = (sizeBytes: number): number => {
  const rest = sizeBytes % ROW_BYTES;
  const lastRow = rest === 0 ? 0 : Math.ceil(rest / 3) * 4 + 2;
  return Math.floor(sizeBytes / ROW_BYTES) * ROW_CHARACTERS + lastRow;
};

/** Text, then bytes in base64 with lines of 76 characters and CRLF, then text. */
export function base64Between(head: string, bytes: Uint8Array, tail = ''): Buffer {
  const body = new Base64Body(head, bytes.length, tail);
  body.write(bytes);
  return body.end();
}

/** The same, of bytes that come in chunks of any size: one buffer, written once, as they come. */
export class Base64Body {
  readonly #message: Buffer;
  readonly #words: Uint32Array;
  readonly #bodyEnd: number;
  readonly #restBytes: number;
  /** What has come of a pair of rows, and the byte that is read over. */
  readonly #held = Buffer.alloc(PAIR_BYTES + OVERREAD_BYTES);
  #heldBytes = 0;
  #at = 0;

  /** @param sizeBytes what the chunks come to; it is a bug when they do not */
  constructor(head: string, sizeBytes: number, tail = '') {
    const skew = -head.length & 3;
    const pairs = Math.floor(sizeBytes / PAIR_BYTES);
    this.#restBytes = sizeBytes - pairs * PAIR_BYTES;
    this.#bodyEnd = head.length + linesLength(sizeBytes);
    // Not zeroed before: every byte of it is written, or the size was wrong and nobody gets it.
    this.#message = Buffer.allocUnsafeSlow(skew + this.#bodyEnd + tail.length).subarray(skew);
    this.#words = new Uint32Array(this.#message.buffer, skew + head.length, pairs * PAIR_WORDS);
    this.#message.write(head, 0, 'latin1');
    this.#message.write(tail, this.#bodyEnd, 'latin1');
  }

  write(chunk: Uint8Array): void {
    const first = this.#heldBytes === 0 ? 0 : PAIR_BYTES - this.#heldBytes;
    this.#hold(chunk.subarray(0, first));
    const straight = chunk.subarray(first);
    const written = encodePairs(straight, this.#words, this.#at);
    this.#at += written * PAIR_WORDS;
    this.#hold(straight.subarray(written * PAIR_BYTES));
  }

  end(): Buffer {
    const isAsAnnounced = this.#at === this.#words.length && this.#heldBytes === this.#restBytes;
    if (!isAsAnnounced) throw new Error('The size was announced wrong');
    const rest = this.#held.toString('base64', 0, this.#heldBytes);
    const rows = rest.replace(/.{1,76}/g, '$&\r\n');
    this.#message.write(rows, this.#bodyEnd - rows.length, 'latin1');
    return this.#message;
  }

  /** Less than a pair is kept until the rest of it comes. */
  #hold(bytes: Uint8Array): void {
    this.#held.set(bytes, this.#heldBytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes < PAIR_BYTES) return;
    this.#at += encodePairs(this.#held, this.#words, this.#at) * PAIR_WORDS;
    this.#heldBytes = 0;
  }
}

/** As many rows as are read for one window. */
const WINDOW_PAIRS = 512;

/**
 * Bytes in base64 with lines of 76 characters and CRLF, in windows small enough for the cache.
 * A window is written over when the next one is asked for.
 */
export function* base64Windows(bytes: Uint8Array): Generator<Uint8Array> {
  const words = new Uint32Array(WINDOW_PAIRS * PAIR_WORDS);
  const window = Buffer.from(words.buffer);
  let from = 0;
  while (bytes.length - from > PAIR_BYTES) {
    const part = bytes.subarray(from, from + WINDOW_PAIRS * PAIR_BYTES + OVERREAD_BYTES);
    const pairs = encodePairs(part, words, 0);
    yield window.subarray(0, pairs * PAIR_WORDS * 4);
    from += pairs * PAIR_BYTES;
  }
  yield base64Between('', bytes.subarray(from));
}

/**
 * Writes the pairs of rows at the front of `bytes`, of which the last byte is never one.
 *
 * @returns how many there were
 */
function encodePairs(bytes: Uint8Array, words: Uint32Array, start: number): number {
  const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pairs = Math.max(0, Math.floor((bytes.length - OVERREAD_BYTES) / PAIR_BYTES));
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
  return pairs;
}
