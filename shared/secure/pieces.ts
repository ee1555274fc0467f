/** Bytes that come piece by piece, and how many there are. A piece may be written over when the next one is asked for. */
export interface Pieces extends Iterable<Uint8Array> {
  readonly sizeBytes: number;
}

/** What a cipher and a hash take at a time, so that the second finds in the cache what the first has read. */
const WINDOW_BYTES = 64 * 1024;

/** Bytes that are all there. */
export const piecesOf = (bytes: Uint8Array): Pieces => ({
  sizeBytes: bytes.length,
  *[Symbol.iterator]() {
    for (let at = 0; at < bytes.length; at += WINDOW_BYTES) {
      yield bytes.subarray(at, at + WINDOW_BYTES);
    }
  },
});

/** All of them at once, in bytes that nobody writes over. */
export function bytesOf(pieces: Pieces): Uint8Array {
  const bytes = new Uint8Array(pieces.sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  if (at !== bytes.length) throw new Error('The pieces are not as long as they say');
  return bytes;
}

/** One after the other. */
export const joined = (...all: readonly Pieces[]): Pieces => ({
  sizeBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  *[Symbol.iterator]() {
    for (const pieces of all) yield* pieces;
  },
});
