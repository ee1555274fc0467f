import type { KeyObject } from 'node:crypto';
import type { DirectAddress } from '../ids.ts';
import type { Outcome } from '../outcome.ts';

/** A certificate and its private key: enough to decrypt. */
export interface Identity {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly privateKey: KeyObject;
}

/** Signs as the holder of a certificate. The key may lie in a store that never gives it out. */
export interface SigningIdentity {
  /** DER. */
  readonly certificate: Uint8Array;
  /** RSASSA-PKCS1-v1_5 or ECDSA, with SHA-256. */
  readonly algorithm: 'rsa' | 'ecdsa';
  /** How long a signature is: exact for RSA, the most for ECDSA. */
  readonly signatureBytes: number;
  /** Over the signed attributes, DER, under the tag of a SET; it is not given their digest. */
  readonly sign: (attributes: Uint8Array) => Promise<Uint8Array>;
}

/** The identities of our own sending addresses. */
export interface SigningKeys {
  /** @failure secure/no-identity, secure/unusable-key */
  signing(sender: DirectAddress): Promise<Outcome<SigningIdentity>>;
}

export interface DecryptionKeys {
  /** All identities that mail to this deployment may be encrypted to, current ones first. */
  decryption(): Promise<readonly Identity[]>;
}
