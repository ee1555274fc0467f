import { NotDer, readBits, TAG, type Der } from './der.ts';

/** A set of the reasons why certificates are revoked: bit n of the number is bit n of ReasonFlags. */
export type Reasons = number;

/** keyCompromise (1) to aACompromise (8); bit 0 stands for nothing. */
export const ALL_REASONS: Reasons = 0b1_1111_1110;

/**
 * Reads a ReasonFlags.
 *
 * @param tag it is tagged implicitly
 * @see RFC 5280 section 4.2.1.13
 */
export function readReasons({ tag, content, raw }: Der, wanted: number): Reasons {
  if (tag !== wanted) throw new NotDer('reasons');
  const bits = readBits({ tag: TAG.bitString, content, raw }, true);
  const flags = ((bits[0] ?? 0) << 8) | (bits[1] ?? 0);
  return [1, 2, 3, 4, 5, 6, 7, 8]
    .filter((bit) => (flags & (0x8000 >> bit)) !== 0)
    .reduce((set, bit) => set | (1 << bit), 0);
}
