import type { Need } from '../../support/present.ts';
import type { Readership, SentMessage } from './sent-message.ts';

/** Somebody else's software, as a column of the matrix. */
export interface Reader {
  readonly name: string;
  /** The name of the tool with its version, as it says it itself. */
  readonly version: () => string;
  readonly needs: readonly Need[];
  /** Gives it a key and an authority to trust. */
  readonly equip: (readership: Readership) => EquippedReader;
}

export interface EquippedReader {
  readonly read: (sent: SentMessage) => Promise<string>;
  readonly remove: () => void;
}

/** What a reader can make of a message, in the words of the matrix. */
export const READS = 'reads';
/** For a tool that knows signatures only: what it is given was decrypted by openssl. */
export const VERIFIES = 'verifies';
export const NOT_DECRYPTED = 'does not decrypt';
