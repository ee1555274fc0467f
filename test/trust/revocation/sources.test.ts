import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FetchFault } from '../../../shared/discover/fetch.ts';
import type { Path } from '../../../shared/trust/path/path.ts';
import { readCrl } from '../../../shared/trust/revocation/crl.ts';
import { checkRevocation } from '../../../shared/trust/revocation/revocation.ts';
import { crlBy, minutesFromNow, pointsExtension } from '../../support/crl.ts';
import { ocspBy, ocspRefusal } from '../../support/ocsp.ts';
import {
  cachedAuthority,
  cachedKeys,
  COMMON_NAME,
  issueQuickly,
  withBrokenSignature,
  type Authority,
} from '../../support/pki.ts';
import { leafPath, LIST, listing, SECOND } from './listed.ts';
import { newWeb, type Web } from './web.ts';
import { contextOf, pathOf } from './world.ts';

const RESPONDER = 'http://ocsp.test/';
const MEGABYTE = 1024 * 1024;

let anchor: Authority;
let web: Web;
beforeAll(async () => {
  anchor = await cachedAuthority();
});
beforeEach(() => {
  web = newWeb();
});

const answerFor = (
  [{ der }]: Path,
  status: 'good' | 'revoked' | 'unknown' = 'good',
  options = {},
) => ocspBy(anchor, { answers: [{ about: der, status, ...options }] });

describe('the lists to which a certificate points', () => {
  test.each<[string, FetchFault]>([
    ['refused blocked', 'blocked'],
    ['refused unreachable', 'unreachable'],
    ['refused too-slow', 'too-slow'],
    ['refused too-large', 'too-large'],
    ['refused refused', 'refused'],
  ])('%s', async (expected, fault) => {
    const path = await leafPath();
    web.objects.break(LIST, fault);
    expect(await web.online(path)).toBe(expected);
    expect(await web.online(path, { mode: 'soft-fail' })).toBe(
      expected.replace('refused', 'unknown'),
    );
  });

  test('are bounded', async () => {
    const path = await leafPath();
    web.objects.set(LIST, new Uint8Array(5 * MEGABYTE + 1));
    expect(await web.online(path)).toBe('refused too-large');
    web.objects.set(LIST, Buffer.from('<html>not here</html>'));
    expect(await web.online(path)).toBe('refused malformed');
    expect(web.objects.asked.at(-1)).toMatchObject({ url: LIST, maxBytes: 5 * MEGABYTE });
  });

  test('are asked for one after the other until one will do, three at most', async () => {
    const urls = [1, 2, 3, 4].map((each) => `http://lists.test/${each}`);
    const path = await leafPath({ crlUrls: urls });
    web.objects.set(urls[3]!, crlBy(anchor));
    expect(await web.online(path)).toBe('refused refused');
    expect(web.asked()).toEqual(urls.slice(0, 3));
    web.objects.set(urls[1]!, crlBy(anchor));
    expect(await web.online(path)).toBe('good');
    expect(web.asked().slice(3)).toEqual(urls.slice(0, 2));
  });

  test('are put together when each is for some reasons', async () => {
    const points = [
      { urls: [LIST], reasons: [1, 2] },
      { urls: [SECOND], reasons: [3, 4, 5, 6, 7, 8] },
    ];
    const path = await leafPath({ extraExtensions: [pointsExtension(points)] });
    web.objects.set(LIST, crlBy(anchor, { scope: { urls: [LIST] } }));
    expect(await web.online(path)).toBe('refused some-reasons');
    web.objects.set(SECOND, crlBy(anchor, { scope: { urls: [SECOND] } }));
    expect(await web.online(path)).toBe('good');
    web.objects.set(SECOND, await listing(path, { scope: { urls: [SECOND] } }));
    web.cache.forget();
    expect(await web.online(path)).toBe('revoked');
  });

  test('are not asked for by other ways than HTTP, or when somebody else signs them', async () => {
    const ldap = await leafPath({ crlUrls: ['ldap://lists.test/cn=1', 'file:///etc/passwd'] });
    expect(await web.online(ldap)).toBe('refused unsupported');
    const crlIssuer = [{ type: COMMON_NAME, text: 'Somebody' }];
    const extraExtensions = [pointsExtension([{ urls: [LIST], crlIssuer }])];
    expect(await web.online(await leafPath({ extraExtensions }))).toBe('refused unsupported');
    expect(web.asked()).toEqual([]);
  });

  test('by somebody else than the issuer do not count', async () => {
    const path = await leafPath();
    web.objects.set(LIST, crlBy(await cachedAuthority('Other Anchor')));
    expect(await web.online(path)).toBe('refused out-of-scope');
  });

  test('are not asked for when what was given is enough', async () => {
    const path = await leafPath();
    expect(await web.online(path, { crls: [crlBy(anchor)] })).toBe('good');
    expect(web.asked()).toEqual([]);
  });

  test('are read by the reader of the caller', async () => {
    const path = await leafPath();
    web.objects.set(LIST, crlBy(anchor));
    let reads = 0;
    const context = contextOf({
      sources: { fetch: web.objects.fetch, cache: web.cache, within: AbortSignal.timeout(60_000) },
    });
    const counting = (bytes: Uint8Array) => {
      reads += 1;
      return readCrl(bytes);
    };
    await checkRevocation(path, { ...context, readCrl: counting });
    expect(reads).toBe(1);
  });
});

describe('a responder', () => {
  const both = { crlUrls: [LIST], ocspUrls: [RESPONDER] };

  test('that is silent leaves time for the list', async () => {
    const path = await leafPath(both);
    web.objects.silence(RESPONDER);
    web.objects.set(LIST, crlBy(anchor));
    expect(await web.online(path)).toBe('good');
  });

  test('is asked before a list, and a list only when it does not know', async () => {
    const path = await leafPath(both);
    web.objects.set(RESPONDER, answerFor(path));
    expect(await web.online(path)).toBe('good');
    expect(web.asked()).toEqual([RESPONDER]);
    web.cache.forget();
    web.objects.set(RESPONDER, answerFor(path, 'unknown'));
    expect(await web.online(path)).toBe('refused not-known');
    web.objects.set(LIST, crlBy(anchor));
    expect(await web.online(path)).toBe('good');
    web.objects.set(RESPONDER, answerFor(path, 'revoked'));
    expect(await web.online(path)).toBe('revoked');
  });

  test('is not asked when another has answered', async () => {
    const ocspUrls = [RESPONDER, `${RESPONDER}2`];
    const path = await leafPath({ ocspUrls });
    for (const url of ocspUrls) web.objects.set(url, answerFor(path));
    expect(await web.online(path)).toBe('good');
    expect(web.asked()).toEqual([RESPONDER]);
  });

  test('is asked by POST, two at most', async () => {
    const ocspUrls = [RESPONDER, `${RESPONDER}2`, `${RESPONDER}3`];
    const path = await leafPath({ ocspUrls });
    web.objects.set(ocspUrls[2]!, answerFor(path));
    expect(await web.online(path)).toBe('refused refused');
    expect(web.asked()).toEqual(ocspUrls.slice(0, 2));
    expect(web.objects.asked[0]).toMatchObject({
      body: { type: 'application/ocsp-request' },
      maxBytes: 64 * 1024,
    });
  });

  test.each<[string, (path: Path) => Uint8Array]>([
    ['refused refused', () => ocspRefusal(3)],
    ['refused malformed', () => Buffer.from('<html>')],
    ['refused forged', (path) => withBrokenSignature(answerFor(path))],
    ['refused stale', (path) => answerFor(path, 'good', { nextUpdate: minutesFromNow(-1) })],
    ['refused out-of-scope', () => ocspBy(anchor, { answers: [{ about: anchor.certificate }] })],
  ])('%s', async (expected, answer) => {
    const path = await leafPath({ ocspUrls: [RESPONDER] });
    web.objects.set(RESPONDER, answer(path));
    expect(await web.online(path)).toBe(expected);
  });
});

describe('the cache', () => {
  test('keeps a list until the next one comes', async () => {
    const path = await leafPath();
    web.objects.set(LIST, crlBy(anchor, { nextUpdate: minutesFromNow(60) }));
    expect(await web.online(path)).toBe('good');
    expect(await web.online(path)).toBe('good');
    expect(web.asked()).toEqual([LIST]);
    web.now = minutesFromNow(61);
    expect(await web.online(path)).toBe('refused stale');
    expect(web.asked()).toEqual([LIST, LIST]);
  });

  test('serves all certificates of an issuer with one list', async () => {
    const [one, other] = [await leafPath(), await leafPath()];
    web.objects.set(LIST, await listing(other));
    expect(await web.online(one)).toBe('good');
    expect(await web.online(other)).toBe('revoked');
    expect(web.asked()).toEqual([LIST]);
  });

  test('keeps an answer for the certificate it was for, and none without an end', async () => {
    const options = { ocspUrls: [RESPONDER] };
    const [one, other] = [await leafPath(options), await leafPath(options)];
    web.objects.set(RESPONDER, answerFor(one));
    expect(await web.online(one)).toBe('good');
    web.objects.set(RESPONDER, answerFor(other, 'revoked', { nextUpdate: false }));
    expect(await web.online(one)).toBe('good');
    expect(await web.online(other)).toBe('revoked');
    expect(await web.online(other)).toBe('revoked');
    expect(web.objects.asked).toHaveLength(3);
  });

  test('keeps what answers for several certificates until the first of them wants a new one', async () => {
    const options = { ocspUrls: [RESPONDER] };
    const [one, other] = [await leafPath(options), await leafPath(options)];
    const answers = [
      { about: one[0].der, nextUpdate: minutesFromNow(60) },
      { about: other[0].der, nextUpdate: minutesFromNow(30) },
      { about: other[0].der, nextUpdate: minutesFromNow(45) },
    ];
    web.objects.set(RESPONDER, ocspBy(anchor, { answers }));
    expect(await web.online(one)).toBe('good');
    web.now = minutesFromNow(31);
    expect(await web.online(one)).toBe('good');
    expect(web.objects.asked).toHaveLength(2);
  });

  test('is not believed: what does not hold is fetched anew', async () => {
    const path = await leafPath();
    const key = { kind: 'crl', name: LIST } as const;
    web.objects.set(LIST, await listing(path));
    for (const bytes of [Buffer.from('junk'), withBrokenSignature(crlBy(anchor))]) {
      await web.cache.keep(key, bytes, minutesFromNow(600));
      expect(await web.online(path)).toBe('revoked');
    }
    expect(web.asked()).toEqual([LIST, LIST]);
  });

  test('keeps nothing that did not hold', async () => {
    const path = await leafPath();
    web.objects.set(LIST, withBrokenSignature(crlBy(anchor)));
    expect(await web.online(path)).toBe('refused forged');
    expect(await web.cache.read({ kind: 'crl', name: LIST })).toBeUndefined();
    web.objects.set(LIST, crlBy(anchor));
    expect(await web.online(path)).toBe('good');
  });
});

describe('a decision', () => {
  test('fetches each thing once, and ten at most', async () => {
    const chain = [anchor];
    for (const step of [1, 2, 3, 4, 5]) {
      const keys = await cachedKeys(`chain ${step}`);
      const crlUrls = [LIST, ...[1, 2].map((each) => `http://lists.test/${step}/${each}`)];
      chain.unshift(await issueQuickly(chain[0]!, { name: `S${step}`, ca: true, keys, crlUrls }));
    }
    web.objects.break(LIST, 'unreachable');
    expect(await web.online(pathOf(...chain))).toBe('refused too-costly');
    expect(web.asked()).toHaveLength(10);
    expect(new Set(web.asked()).size).toBe(10);
  });

  test('reads ten megabytes at most', async () => {
    const urls = [1, 2, 3].map((each) => `http://lists.test/${each}`);
    const path = await leafPath({ crlUrls: urls });
    for (const url of urls) web.objects.set(url, new Uint8Array(4 * MEGABYTE));
    expect(await web.online(path)).toBe('refused malformed');
    expect(web.objects.asked.map(({ maxBytes }) => maxBytes / MEGABYTE)).toEqual([5, 5, 2]);
  });

  test('ends when its time is over', async () => {
    const path = await leafPath();
    web.objects.silence(LIST);
    const sources = { fetch: web.objects.fetch, cache: web.cache, within: AbortSignal.timeout(20) };
    expect(await web.online(path, { sources })).toBe('refused too-slow');
  });
});
