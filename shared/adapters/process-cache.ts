import type { Now } from '../clock.ts';
import type { Cache } from '../discover/cache.ts';
import { cacheKeyText, type Kept, type TimedCache } from './timed-cache.ts';

export interface ProcessCacheOptions {
  readonly now: Now;
  /** Of everything together; what was not used for longest goes first. */
  readonly maxBytes: number;
  /** Asked for what is not here, and given all that is kept. */
  readonly behind?: TimedCache;
}

/** What this process found out and may use again: a function that is still warm reads nothing twice. */
export function processCache({ now, maxBytes, behind }: ProcessCacheOptions): Cache {
  const entries = boundedEntries(maxBytes);
  return {
    async read(key) {
      const text = cacheKeyText(key);
      const held = entries.take(text);
      const entry = held && held.until > now() ? held : await behind?.find(key);
      if (!entry || entry.until <= now()) return undefined;
      entries.hold(text, entry);
      return entry.bytes.slice();
    },
    async keep(key, bytes, until) {
      if (!(until > now())) return;
      entries.hold(cacheKeyText(key), { bytes: Uint8Array.from(bytes), until });
      await behind?.keep(key, bytes, until);
    },
  };
}

/** Key and bookkeeping of one entry, roughly: a million empty answers are no small thing. */
const ENTRY_BYTES = 256;

/** Entries by the order of their use: a Map lists its keys as they were set. */
function boundedEntries(maxBytes: number) {
  const entries = new Map<string, Kept>();
  let heldBytes = 0;

  function take(text: string): Kept | undefined {
    const entry = entries.get(text);
    if (entry) heldBytes -= sizeOf(entry);
    entries.delete(text);
    return entry;
  }

  function hold(text: string, entry: Kept): void {
    take(text);
    entries.set(text, entry);
    heldBytes += sizeOf(entry);
    for (const oldest of entries.keys()) {
      if (heldBytes <= maxBytes) return;
      take(oldest);
    }
  }

  return { take, hold };
}

const sizeOf = ({ bytes }: Kept): number => bytes.length + ENTRY_BYTES;
