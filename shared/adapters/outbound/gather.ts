const FIRST_BYTES = 16_384;

/** Bytes that come in pieces, up to a bound. */
export interface Gathering {
  /** False when the piece would be too much; nothing more may be added then. */
  add(piece: Uint8Array): boolean;
  /** All of them, in a buffer that holds nothing else. Nothing more may be added then. */
  bytes(): Uint8Array;
}

/**
 * Gathers pieces in a few buffers, each as large as all before it: a sender that cuts megabytes into single octets must
 * not cost us an object for each, and one that breaks off no more than what came.
 *
 * @param announcedBytes by whoever sends them; when that is true, nothing is copied in the end
 */
export function gather(maxBytes: number, announcedBytes = FIRST_BYTES): Gathering {
  const full: Uint8Array[] = [];
  let last = new Uint8Array(Math.min(announcedBytes, maxBytes));
  let filled = 0;
  let gathered = 0;

  function grow(): void {
    full.push(last);
    last = new Uint8Array(Math.min(Math.max(gathered, FIRST_BYTES), maxBytes - gathered));
    filled = 0;
  }

  return {
    add(piece) {
      if (gathered + piece.length > maxBytes) return false;
      for (let at = 0; at < piece.length;) {
        if (filled === last.length) grow();
        const part = piece.subarray(at, at + last.length - filled);
        last.set(part, filled);
        filled += part.length;
        gathered += part.length;
        at += part.length;
      }
      return true;
    },
    bytes() {
      if (last.length === gathered) return last;
      const all = new Uint8Array(gathered);
      let at = 0;
      for (const each of [...full, last.subarray(0, filled)]) {
        all.set(each, at);
        at += each.length;
      }
      return all;
    },
  };
}
