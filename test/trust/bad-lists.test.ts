import { beforeAll, expect, test } from '@jest/globals';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { later } from '../../shared/clock.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { STRICT, type RevocationMode } from '../../shared/trust/rules.ts';
import { trust } from '../../shared/trust/trust.ts';
import { memoryCache } from '../support/memory/cache.ts';
import { memoryFetch, type MemoryFetch } from '../support/memory/fetch.ts';
import { cachedAuthority, issueQuickly, makeAuthority, type Authority } from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org' as DirectAddress;
const LIST = 'http://pki.example.org/anchor.crl';
const NOW = new Date();

let anchor: Authority;
/** Goes by the name of the anchor. */
let impostor: Authority;
let certificate: Uint8Array;
beforeAll(async () => {
  anchor = await cachedAuthority('Lists');
  impostor = await makeAuthority({ name: 'Lists' });
  ({ certificate } = await issueQuickly(anchor, { address: ADDRESS, crlUrls: [LIST] }));
});

async function wordFor(web: MemoryFetch, revocation: RevocationMode): Promise<string> {
  const { outcome } = await trust(ADDRESS, [certificate], 'encryption', {
    anchors: anchorsOf({ anchors: [anchor.certificatePem] }),
    now: NOW,
    rules: { ...STRICT, revocation },
    sources: {
      fetch: web.fetch,
      cache: memoryCache(() => NOW),
      within: AbortSignal.timeout(5000),
    },
  });
  return outcome.ok ? outcome.value.revocation : outcome.failure.code;
}

const yesterday = later(NOW, -86_400);

test.each<[string, (web: MemoryFetch) => void]>([
  ['absent', (web) => web.break(LIST, 'refused')],
  ['at a host that does not answer', (web) => web.break(LIST, 'unreachable')],
  ['too slow', (web) => web.break(LIST, 'too-slow')],
  [
    'stale',
    (web) =>
      web.set(LIST, makeRevocationList(anchor, { thisUpdate: yesterday, nextUpdate: yesterday })),
  ],
  ['forged', (web) => web.set(LIST, makeRevocationList(impostor))],
  ['huge', (web) => web.set(LIST, new Uint8Array(5 * 1024 * 1024 + 1).fill(0x30))],
  ['a page', (web) => web.set(LIST, Buffer.from('<html>404</html>'))],
])('a list that is %s answers nothing, which each policy says in its way', async (_, spoil) => {
  const web = memoryFetch();
  web.set(LIST, makeRevocationList(anchor));
  expect(await wordFor(web, 'hard-fail')).toBe('good');
  spoil(web);
  expect(await wordFor(web, 'hard-fail')).toBe('trust/revocation-unknown');
  expect(await wordFor(web, 'soft-fail')).toBe('unknown');
  expect(await wordFor(web, 'required')).toBe('trust/revocation-unknown');
});
