const FIRST_BYTES = 16_384;

/** Bytes that come in pieces, up to a bound. */
export interface Gathering {
  /** False when the piece would be too much; nothing more may be added then. */
  add(piece: Uint8Array): boolean;
  bytes(): Uint8Array;
}

/**
 * Gathers pieces in one buffer that grows by doubling: a sender that cuts megabytes into single octets must not cost us
 * an object for each.
 */
export function gather(maxBytes: number): Gathering {
  let buffer = new Uint8Array(Math.min(FIRST_BYTES, maxBytes));
  let filled = 0;
  return {
    add(piece) {
      const needed = filled + piece.length;
      if (needed > maxBytes) return false;
      if (needed > buffer.length) {
        const larger = new Uint8Array(Math.min(maxBytes, Math.max(needed, buffer.length * 2)));
        larger.set(buffer.subarray(0, filled));
        buffer = larger;
      }
      buffer.set(piece, filled);
      filled = needed;
      return true;
    },
    bytes: () => buffer.slice(0, filled),
  };
}
