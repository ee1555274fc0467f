import type { Path } from '../../../shared/trust/path/path.ts';
import { NOW } from '../../support/crl.ts';
import { memoryCache, type MemoryCache } from '../../support/memory/cache.ts';
import { memoryFetch, type MemoryFetch } from '../../support/memory/fetch.ts';
import { judged, type Circumstances } from './world.ts';

/** The sources of one test, and what is found out from them. */
export interface Web {
  readonly objects: MemoryFetch;
  readonly cache: MemoryCache;
  now: Date;
  readonly online: (path: Path, given?: Circumstances) => Promise<string>;
  /** URLs, in order. */
  readonly asked: () => readonly string[];
}

export function newWeb(): Web {
  const objects = memoryFetch();
  const web: Web = {
    objects,
    cache: memoryCache(() => web.now),
    now: NOW,
    online: (path, given = {}) => {
      const within = AbortSignal.timeout(60_000);
      const sources = { fetch: objects.fetch, cache: web.cache, within };
      return judged(path, { now: web.now, sources, ...given });
    },
    asked: () => objects.asked.map(({ url }) => url),
  };
  return web;
}
