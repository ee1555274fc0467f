import { NOT_DECRYPTED, READS, VERIFIES } from './reader.ts';
import type { VARIANTS } from './variants.ts';

/** What must stand in a cell, and where it is less than a reader can wish for, why. */
export interface Expected {
  readonly reading: string;
  /** The limit is the reader's own; the cell does not count for us. */
  readonly why?: string;
}

/** Readers without RSAES-OAEP. */
const WITHOUT_OAEP: readonly string[] = ['gpgsm', 'NSS', 'M2Crypto'];

export function expectedOf(variant: (typeof VARIANTS)[number], reader: string): Expected {
  if (variant.oaep && WITHOUT_OAEP.includes(reader)) {
    return { reading: NOT_DECRYPTED, why: `${reader} does not know RSAES-OAEP` };
  }
  return { reading: reader === 'GnuTLS' ? VERIFIES : READS };
}
