import type { Now } from '../../../shared/clock.ts';
import type { Cache, CacheKey } from '../../../shared/discover/cache.ts';

export interface MemoryCache extends Cache {
  /** Forgets everything, as it may at any moment. */
  readonly forget: () => void;
}

/** A cache in memory; what goes in or out is a copy. */
export function memoryCache(now: Now): MemoryCache {
  const kept = new Map<string, { readonly bytes: Uint8Array; readonly until: Date }>();
  return {
    async read(key) {
      const found = kept.get(under(key));
      return found && found.until > now() ? found.bytes.slice() : undefined;
    },
    async keep(key, bytes, until) {
      if (until > now()) kept.set(under(key), { bytes: Uint8Array.from(bytes), until });
    },
    forget: () => kept.clear(),
  };
}

const under = ({ kind, name }: CacheKey): string => `${kind} ${name}`;
