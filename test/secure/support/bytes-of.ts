import type { Pieces } from '../../../shared/secure/pieces.ts';

/** Pieces in one, each copied before the next overwrites it. */
export const bytesOf = (pieces: Pieces): Buffer =>
  Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
