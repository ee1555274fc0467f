import type { Cache, CacheKey } from '../discover/cache.ts';
import { sha256 } from '../ids.ts';

/** Bytes, and until when they may be used. */
export interface Kept {
  readonly bytes: Uint8Array;
  readonly until: Date;
}

/** A cache that also says how long: whoever keeps a copy in front of it has to forget it in time. */
export interface TimedCache extends Cache {
  find(key: CacheKey): Promise<Kept | undefined>;
}

/** Under what it is kept. Names are addresses and URLs: they go in as a hash. */
export const cacheKeyText = ({ kind, name }: CacheKey): string => `CACHE#${kind}#${sha256(name)}`;
