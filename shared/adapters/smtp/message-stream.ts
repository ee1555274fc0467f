import { Readable } from 'node:stream';

const PIECE_BYTES = 64 * 1024;

/**
 * The message in pieces, so that it is known whether all of it, and with it the final dot, was handed out.
 *
 * @param events what is told of it; `begins` may throw, and then nothing is handed out
 */
export function messageStream(
  bytes: Uint8Array,
  events: { readonly begins: () => void; readonly isWhole: () => void },
): Readable {
  let at = 0;
  let hasBegun = false;
  return new Readable({
    highWaterMark: PIECE_BYTES,
    read() {
      try {
        if (!hasBegun) events.begins();
      } catch (error) {
        this.destroy(error as Error);
        return;
      }
      hasBegun = true;
      if (at < bytes.length) {
        this.push(bytes.subarray(at, at + PIECE_BYTES));
        at += PIECE_BYTES;
      } else {
        events.isWhole();
        this.push(null);
      }
    },
  });
}
