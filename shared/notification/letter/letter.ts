import type { DirectAddress, MessageId, Sha256 } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';

/** A message that somebody writes to a sending address, where programs read. */
export interface Letter {
  /** SHA-256 of what its author signed. */
  readonly digest: Sha256;
  /** Its author, if the signature is his. */
  readonly from: DirectAddress;
  /** The sending address that it was written to, as the settings have it. */
  readonly to: DirectAddress;
  /** What an answer refers to, or why there must be none. */
  readonly answerable: Outcome<MessageId>;
}
