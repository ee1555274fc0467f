/**
 * What was found outside and may be used again until a time. It may forget anything at any moment, and what it gives
 * back is checked again as if it had just come: it saves time and proves nothing.
 */
export interface Cache {
  /** Undefined when nothing is kept, or its time is over. */
  read(key: CacheKey): Promise<Uint8Array | undefined>;
  /** A failure to keep is no failure: it never throws. */
  keep(key: CacheKey, bytes: Uint8Array, until: Date): Promise<void>;
}

/** What it is, and of whom; the adapter hashes the name, so that none stands in a key. */
export interface CacheKey {
  readonly kind: 'discovery' | 'issuer' | 'crl' | 'ocsp';
  readonly name: string;
}
