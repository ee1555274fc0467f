import type { Fetch, FetchFault, FetchRequest } from '../../../shared/discover/fetch.ts';

export interface MemoryFetch {
  readonly fetch: Fetch;
  readonly set: (url: string, bytes: Uint8Array) => void;
  /** From now on the object is what comes of the request: a responder to questions. */
  readonly answer: (url: string, from: (body: Uint8Array) => Uint8Array) => void;
  readonly break: (url: string, fault: FetchFault) => void;
  /** From now on nothing comes, until whoever asked gives up. */
  readonly silence: (url: string) => void;
  readonly asked: readonly FetchRequest[];
}

type Served = ((body: Uint8Array) => Uint8Array) | FetchFault | 'silent';

const failed = (fault: FetchFault) => ({ kind: 'failed', fault }) as const;

/** Objects in memory under their URLs. Every other host is there and has nothing. */
export function memoryFetch(): MemoryFetch {
  const served = new Map<string, Served>();
  const asked: FetchRequest[] = [];
  return {
    asked,
    set: (url, bytes) => void served.set(url, () => bytes),
    answer: (url, from) => void served.set(url, from),
    break: (url, fault) => void served.set(url, fault),
    silence: (url) => void served.set(url, 'silent'),
    async fetch(request) {
      asked.push(request);
      if (!mayBeAsked(request.url)) return failed('blocked');
      const from = served.get(request.url) ?? 'refused';
      if (from === 'silent') await end(request.within);
      if (from === 'silent' || request.within.aborted) return failed('too-slow');
      if (typeof from === 'string') return failed(from);
      const bytes = Uint8Array.from(from(request.body?.bytes ?? new Uint8Array(0)));
      return bytes.length > request.maxBytes ? failed('too-large') : { kind: 'fetched', bytes };
    },
  };
}

function mayBeAsked(text: string): boolean {
  const url = URL.parse(text);
  return !!url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

const end = (within: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (within.aborted) resolve();
    else within.addEventListener('abort', () => resolve(), { once: true });
  });
