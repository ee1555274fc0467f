import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { httpFetch } from '../../shared/adapters/http-fetch.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { trust } from '../../shared/trust/trust.ts';
import { memoryCache } from '../support/memory/cache.ts';
import {
  cachedAuthority,
  issueQuickly,
  type Authority,
  type IssueOptions,
} from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org' as DirectAddress;
const METADATA = 'http://169.254.169.254/latest/meta-data/';

let anchor: Authority;
let stranger: Authority;
let place: string;
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (request.url === '/list') response.end(makeRevocationList(anchor));
  else response.writeHead(302, { location: METADATA }).end();
});

beforeAll(async () => {
  anchor = await cachedAuthority();
  stranger = await cachedAuthority('stranger');
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** As a sender judges, through the guard. */
async function wordFor(issuer: Authority, options: IssueOptions, loopback = true) {
  const { certificate } = await issueQuickly(issuer, { address: ADDRESS, ...options });
  const { outcome } = await trust(ADDRESS, [certificate], 'encryption', {
    anchors: anchorsOf({ anchors: [anchor.certificatePem] }),
    now: new Date(),
    sources: {
      fetch: httpFetch({ loopback }),
      cache: memoryCache(() => new Date()),
      within: AbortSignal.timeout(5000),
    },
  });
  return outcome.ok ? outcome.value.revocation : outcome.failure.code;
}

test('a list is fetched from where a certificate says that it lies', async () => {
  expect(await wordFor(anchor, { crlUrls: [`${place}/list`] })).toBe('good');
  expect(asked.splice(0)).toEqual(['/list']);
});

test.each<[string, () => Promise<string>]>([
  ['an issuer', () => wordFor(stranger, { issuerUrls: [METADATA] })],
  ['a list', () => wordFor(anchor, { crlUrls: [METADATA] })],
  ['a responder', () => wordFor(anchor, { ocspUrls: [METADATA] })],
  ['an issuer on this machine', () => wordFor(stranger, { issuerUrls: [place] }, false)],
  ['a list on this machine', () => wordFor(anchor, { crlUrls: [`${place}/list`] }, false)],
])('trust/blocked-source: %s, where nothing may be asked', async (_, word) => {
  expect(await word()).toBe('trust/blocked-source');
  expect(asked).toEqual([]);
});

test('trust/issuer-unreachable: an issuer is not sought where a redirect leads', async () => {
  expect(await wordFor(stranger, { issuerUrls: [`${place}/moved`] })).toBe(
    'trust/issuer-unreachable',
  );
  expect(asked.splice(0)).toEqual(['/moved']);
});
