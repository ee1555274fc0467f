import type { KeyObject } from 'node:crypto';
import type { DirectAddress } from '../ids.ts';
import type { Outcome } from '../outcome.ts';

/** A certificate and its private key. */
export interface Identity {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly privateKey: KeyObject;
}

/** The identities of our own sending addresses. */
export interface SigningKeys {
  /** @failure secure/no-identity */
  signing(sender: DirectAddress): Promise<Outcome<Identity>>;
}

export interface DecryptionKeys {
  /** All identities that mail to this deployment may be encrypted to, current ones first. */
  decryption(): Promise<readonly Identity[]>;
}
