import { beforeEach, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { trust, type TrustAnswer } from '../../shared/trust/trust.ts';
import { memoryCache } from '../support/memory/cache.ts';
import { memoryFetch, type MemoryFetch } from '../support/memory/fetch.ts';
import {
  cachedAuthority,
  issueQuickly,
  type Authority,
  type IssueOptions,
} from '../support/pki.ts';

const ADDRESS = 'dr@clinic.example' as DirectAddress;
const NOW = new Date();

let net: MemoryFetch;
let stranger: Authority;
beforeEach(async () => {
  net = memoryFetch();
  stranger = await cachedAuthority('stranger');
});

/** Certificates for the address from an authority that nobody knows. */
const certificates = (optionsOf: (index: number) => IssueOptions): Promise<Uint8Array[]> =>
  Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const options = { address: ADDRESS, serial: Uint8Array.of(1, index), ...optionsOf(index) };
      return (await issueQuickly(stranger, options)).certificate;
    }),
  );

async function judge(given: readonly Uint8Array[]): Promise<TrustAnswer> {
  const anchor = await cachedAuthority();
  const anchors = anchorsOf({ anchors: [anchor.certificatePem] });
  const cache = memoryCache(() => NOW);
  const sources = { fetch: net.fetch, cache, within: AbortSignal.timeout(5000) };
  return trust(ADDRESS, given, 'encryption', { anchors, now: NOW, sources });
}

test('forty certificates that all point to one victim make no flood for it', async () => {
  const given = await certificates((index) => ({
    issuerUrls: [1, 2, 3].map((each) => `http://victim.example/${index}/${each}`),
  }));
  const { outcome } = await judge(given);
  expect(outcome).toEqual({ ok: false, failure: { code: 'trust/issuer-unreachable' } });
  expect(net.asked).toHaveLength(60);
});

test('a place that does not answer is asked once, however many point to it', async () => {
  net.break('http://pki.example/issuer.cer', 'too-slow');
  await judge(await certificates(() => ({ issuerUrls: ['http://pki.example/issuer.cer'] })));
  expect(net.asked).toHaveLength(1);
});
