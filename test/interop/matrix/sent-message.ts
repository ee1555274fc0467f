import type { Envelope } from '../../../shared/deliver/relay.ts';
import type { Issued } from '../../support/pki.ts';

/** A message as the relay got it, and whatever a reader may know of it. */
export interface SentMessage {
  readonly envelope: Envelope;
  /** The record as it was uploaded, by the names that the files have in the package. */
  readonly documents: ReadonlyMap<string, Uint8Array>;
}

/** Who reads it, whom a reader trusts. */
export interface Readership {
  readonly reader: Issued;
  readonly anchor: Issued;
}
