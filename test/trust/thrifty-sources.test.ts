import { describe, expect, test } from '@jest/globals';
import type { Fetched } from '../../shared/discover/fetch.ts';
import type { Sources } from '../../shared/trust/sources.ts';
import { thrifty } from '../../shared/trust/thrifty-sources.ts';
import { memoryCache } from '../support/memory/cache.ts';

const within = AbortSignal.timeout(60_000);

/** Sources where everything comes to the same, and what was asked of them: how much each might bring. */
function sourcesThat(answer: () => Fetched): Sources & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    cache: memoryCache(() => new Date()),
    within,
    async fetch({ maxBytes }) {
      asked.push(maxBytes);
      return answer();
    },
  };
}

async function fetchEach(sources: Sources, urls: readonly string[]): Promise<readonly string[]> {
  const said: string[] = [];
  for (const url of urls) {
    const fetched = await sources.fetch({ url, maxBytes: 100, within });
    said.push(fetched.kind === 'failed' ? fetched.fault : fetched.kind);
  }
  return said;
}

describe('what may be fetched for one decision', () => {
  test('ends when as many bytes came as it may have, and the last gets what is left', async () => {
    const sources = sourcesThat(() => ({ kind: 'fetched', bytes: new Uint8Array(80) }));
    const said = await fetchEach(thrifty(sources, { fetches: 10, bytes: 200 }), [
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(sources.asked).toEqual([100, 100, 40]);
    expect(said).toEqual(['fetched', 'fetched', 'fetched', 'refused']);
  });

  test('counts what came before it broke off, and nothing where nothing came', async () => {
    const broken = { kind: 'failed', fault: 'unreachable' } as const;
    const some = sourcesThat(() => ({ ...broken, receivedBytes: 90 }));
    await fetchEach(thrifty(some, { fetches: 10, bytes: 150 }), ['a', 'b', 'c']);
    expect(some.asked).toEqual([100, 60]);
    const none = sourcesThat(() => broken);
    await fetchEach(thrifty(none, { fetches: 10, bytes: 150 }), ['a', 'b', 'c']);
    expect(none.asked).toEqual([100, 100, 100]);
  });

  test('ends after so many requests, and what failed is asked once', async () => {
    const sources = sourcesThat(() => ({ kind: 'failed', fault: 'too-slow' }));
    const said = await fetchEach(thrifty(sources, { fetches: 2, bytes: 1000 }), [
      'a',
      'a',
      'b',
      'c',
    ]);
    expect(sources.asked).toHaveLength(2);
    expect(said).toEqual(['too-slow', 'too-slow', 'too-slow', 'refused']);
  });
});
