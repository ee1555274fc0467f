import type { Issued } from '../../support/pki.ts';
import type { Signed } from './split-message.ts';

/** An S/MIME implementation of others, in a home of its own. */
export interface Peer {
  /** Gives it the key of a reader and an authority to trust. */
  equip(reader: Issued, anchor: Issued): void;
  /** @returns what was encrypted; throws when it cannot */
  decrypt(envelope: Uint8Array): Buffer;
  /** Whether the signature is good and its signer is trusted. */
  verifies(signed: Signed): boolean;
  remove(): void;
}
