import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Path } from '../../../shared/trust/path/path.ts';
import { crlBy, minutesFromNow } from '../../support/crl.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Authority } from '../../support/pki.ts';
import { leafPath, LIST, listing, SECOND } from './listed.ts';
import { newWeb, type Web } from './web.ts';
import { issueValid, judged, pathOf } from './world.ts';

let anchor: Authority;
let web: Web;
beforeAll(async () => {
  anchor = await cachedAuthority();
});
beforeEach(() => {
  web = newWeb();
});

describe('the mode', () => {
  test.each([
    ['required', 'refused no-source', 'refused not-asked', 'revoked', 'refused stale'],
    ['hard-fail', 'not-named', 'refused not-asked', 'revoked', 'refused stale'],
    ['soft-fail', 'not-named', 'unknown not-asked', 'revoked', 'unknown stale'],
    ['off', 'off', 'off', 'off', 'off'],
  ] as const)('%s', async (mode, withoutSource, withSource, revoked, stale) => {
    const plain = await leafPath({});
    const named = await leafPath();
    expect(await judged(plain, { mode })).toBe(withoutSource);
    expect(await judged(named, { mode })).toBe(withSource);
    expect(await judged(named, { mode, crls: [await listing(named)] })).toBe(revoked);
    const over = crlBy(anchor, { nextUpdate: minutesFromNow(-1) });
    expect(await judged(plain, { mode, crls: [over] })).toBe(stale);
    expect(await judged(plain, { mode, crls: [crlBy(anchor)] })).toBe(
      mode === 'off' ? 'off' : 'good',
    );
  });

  test('asks nobody when it is off', async () => {
    await web.online(await leafPath(), { mode: 'off' });
    expect(web.asked()).toEqual([]);
  });
});

describe('a path', () => {
  test('is asked about up to the anchor, which is trusted as it stands', async () => {
    const path = await leafPath();
    expect(await judged([path[1]!])).toBe('good');
    web.objects.set(LIST, crlBy(anchor));
    expect(await web.online(path)).toBe('good');
  });

  test('is as doubtful as what is most doubtful on it, and revoked when anything is', async () => {
    const keys = await cachedKeys('between');
    const issuer = await issueQuickly(anchor, {
      name: 'Between',
      ca: true,
      keys,
      crlUrls: [SECOND],
    });
    const leaf = await issueValid(issuer, { address: 'dr@direct.example.org', crlUrls: [LIST] });
    const path = pathOf(leaf, issuer, anchor);
    const above: Path = [path[1]!, path[2]!];
    web.objects.set(LIST, crlBy(issuer));
    expect(await web.online(path)).toBe('refused refused');
    web.objects.set(SECOND, crlBy(anchor));
    expect(await web.online(path)).toBe('good');
    web.objects.break(LIST, 'unreachable');
    web.cache.forget();
    expect(await web.online(path)).toBe('refused unreachable');
    expect(await web.online(path, { mode: 'soft-fail' })).toBe('unknown unreachable');
    web.objects.set(SECOND, await listing(above));
    web.cache.forget();
    expect(await web.online(path)).toBe('revoked');
  });

  test('whose names do not lead from one to the next is none', async () => {
    const stranger = await cachedAuthority('Other Anchor');
    const [leaf] = await leafPath({});
    const path = [leaf, ...pathOf(stranger)] as const;
    expect(await judged(path, { crls: [crlBy(anchor)] })).toBe('refused forged');
  });
});
