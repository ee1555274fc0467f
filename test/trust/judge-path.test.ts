import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { STRICT } from '../../shared/trust/rules.ts';
import { valueOf } from '../secure/support/people.ts';
import {
  cachedAuthority,
  issueQuickly,
  pemOf,
  type Authority,
  type Issued,
} from '../support/pki.ts';
import { p7b } from './bundle/support/bundles.ts';
import {
  authority,
  DAY_MS,
  judging,
  keysOf,
  leafOf,
  namesOf,
  refused,
  START,
  urlOf,
} from './support/judging.ts';

const METADATA_URL = 'http://169.254.169.254/latest/meta-data';

let root: Authority;
let other: Authority;
let at: ReturnType<typeof judging>;

beforeAll(async () => {
  root = await cachedAuthority();
  other = await cachedAuthority('Other Anchor');
});
beforeEach(() => {
  at = judging(root);
});

describe('among what is at hand', () => {
  test('a path is found, and nothing is fetched', async () => {
    const between = await authority(root, 'between', { issuerUrls: [urlOf('root')] });
    const leaf = await leafOf(between, { issuerUrls: [urlOf('between')] });
    const { path, policies, revocation } = valueOf(await at.judgeOnline(leaf, [between]));
    expect([namesOf(path), policies, revocation]).toEqual([
      ['clinic.example', 'between', 'test anchor'],
      [],
      'not-named',
    ]);
    expect(at.fetched()).toEqual([]);
  });

  test('none is found, and without sources nothing is fetched', async () => {
    const between = await authority(root, 'between');
    const leaf = await leafOf(between, { issuerUrls: [urlOf('between')] });
    at.net.set(urlOf('between'), between.certificate);
    expect(await at.judge(leaf, [])).toEqual(refused('trust/no-anchor'));
    expect(await at.judge(leaf, [], { anchors: [] })).toEqual(refused('trust/no-anchor'));
  });

  test('what is wrong with the certificate itself is told before any issuer is looked for', async () => {
    const between = await authority(root, 'between');
    const issuerUrls = [urlOf('between')];
    const leaf = await leafOf(between, { issuerUrls, notAfter: new Date(START.getTime() - 1000) });
    expect(await at.judgeOnline(leaf)).toEqual(refused('trust/expired'));
    expect(at.fetched()).toEqual([]);
  });
});

describe('issuers that certificates point to', () => {
  let between: Issued;
  let leaf: Issued;
  beforeAll(async () => {
    between = await authority(root, 'between');
    leaf = await leafOf(between, { issuerUrls: [urlOf('between')] });
  });
  const found = ['clinic.example', 'between', 'test anchor'];

  test.each<[string, () => Uint8Array]>([
    ['DER', () => between.certificate],
    ['PEM', () => Buffer.from(between.certificatePem)],
    ['PEM of several', () => Buffer.from(`${other.certificatePem}${between.certificatePem}`)],
    ['PKCS #7', () => p7b([other.certificate, between.certificate])],
    [
      'PEM of PKCS #7',
      () => Buffer.from(pemOf(p7b([between.certificate])).replaceAll('CERTIFICATE', 'PKCS7')),
    ],
  ])('are read as %s', async (_, bytes) => {
    at.net.set(urlOf('between'), bytes());
    const { path } = valueOf(await at.judgeOnline(leaf));
    expect(namesOf(path)).toEqual(found);
    expect(at.net.asked).toMatchObject([{ url: urlOf('between'), maxBytes: 65_536 }]);
  });

  test('are looked for step by step', async () => {
    const upper = await authority(root, 'upper', { issuerUrls: [urlOf('root')] });
    const lower = await authority(upper, 'lower', { issuerUrls: [urlOf('upper')] });
    at.net.set(urlOf('upper'), upper.certificate);
    at.net.set(urlOf('lower'), lower.certificate);
    const { path } = valueOf(
      await at.judgeOnline(await leafOf(lower, { issuerUrls: [urlOf('lower')] })),
    );
    expect(namesOf(path)).toEqual(['clinic.example', 'lower', 'upper', 'test anchor']);
    expect(at.fetched()).toEqual([urlOf('lower'), urlOf('upper')]);
  });

  test('are also looked for when the issuer at hand leads to no anchor', async () => {
    const keys = await keysOf('between');
    const elsewhere = await issueQuickly(other, { ca: true, name: 'between', keys });
    at.net.set(urlOf('between'), between.certificate);
    const { path } = valueOf(await at.judgeOnline(leaf, [elsewhere]));
    expect(namesOf(path)).toEqual(found);
  });

  test('are no anchors: one that signed itself is worth nothing', async () => {
    const impostor = await cachedAuthority('Nobody');
    const lone = await leafOf(impostor, { issuerUrls: [urlOf('nobody')] });
    at.net.set(urlOf('nobody'), impostor.certificate);
    expect(await at.judgeOnline(lone)).toEqual(refused('trust/no-anchor'));
  });

  test('trust/bad-signature: one of the same name that did not sign', async () => {
    const keys = await keysOf('impostor');
    const impostor = await issueQuickly(root, { ca: true, name: 'between', keys });
    at.net.set(urlOf('between'), impostor.certificate);
    expect(await at.judgeOnline(leaf)).toEqual(refused('trust/bad-signature'));
  });

  test('of one certificate three URLs are asked, by HTTP alone', async () => {
    const urls = Array.from({ length: 10 }, (_, index) => urlOf(`mirror-${index}`));
    const issuerUrls = ['ldap://pki.example/cn=between', 'file:///etc/between', ...urls];
    at.net.set(urls[2]!, between.certificate);
    at.net.set(urls[3]!, between.certificate);
    const { path } = valueOf(await at.judgeOnline(await leafOf(between, { issuerUrls })));
    expect([namesOf(path), at.fetched()]).toEqual([found, urls.slice(0, 3)]);
  });

  test('only by LDAP: not asked for, and nothing that may pass', async () => {
    const issuerUrls = ['ldap://pki.example/cn=between'];
    expect(await at.judgeOnline(await leafOf(between, { issuerUrls }))).toEqual(
      refused('trust/no-anchor'),
    );
    expect(at.fetched()).toEqual([]);
  });

  test('ten are asked in all, however long the chain', async () => {
    let issuer = root;
    for (let step = 0; step < 14; step++) {
      issuer = await authority(issuer, `step-${step}`, { issuerUrls: [urlOf(`step-${step - 1}`)] });
      at.net.set(urlOf(`step-${step}`), issuer.certificate);
    }
    const far = await leafOf(issuer, { issuerUrls: [urlOf('step-13')] });
    const rules = { ...STRICT, maxDepth: 16 };
    expect(await at.judgeOnline(far, [], { rules })).toEqual(refused('trust/no-anchor'));
    expect(at.fetched()).toHaveLength(10);
  });

  test('that point to each other end the search', async () => {
    const [aKeys, bKeys] = [await keysOf('a'), await keysOf('b')];
    const seed = await issueQuickly(other, { ca: true, name: 'b', keys: bKeys });
    const a = await authority(seed, 'a', { keys: aKeys, issuerUrls: [urlOf('b')] });
    const b = await authority(a, 'b', { keys: bKeys, issuerUrls: [urlOf('a')] });
    at.net.set(urlOf('a'), a.certificate);
    at.net.set(urlOf('b'), b.certificate);
    const judged = await at.judgeOnline(await leafOf(a, { issuerUrls: [urlOf('a')] }));
    expect(judged).toEqual(refused('trust/no-anchor'));
    expect(at.fetched()).toEqual([urlOf('a'), urlOf('b')]);
  });
});

describe('when an issuer cannot be fetched', () => {
  let between: Issued;
  beforeAll(async () => {
    between = await authority(root, 'between');
  });
  const leafWith = (...issuerUrls: readonly string[]) => leafOf(between, { issuerUrls });

  test.each(['unreachable', 'too-slow', 'too-large', 'refused'] as const)(
    'trust/issuer-unreachable: %s',
    async (fault) => {
      at.net.break(urlOf('between'), fault);
      const leaf = await leafWith(urlOf('between'));
      expect(await at.judgeOnline(leaf)).toEqual(refused('trust/issuer-unreachable'));
    },
  );

  test('trust/blocked-source: where this system does not connect to', async () => {
    at.net.break(METADATA_URL, 'blocked');
    const leaf = await leafWith(METADATA_URL);
    expect(await at.judgeOnline(leaf)).toEqual(refused('trust/blocked-source'));
  });

  test('trust/issuer-unreachable: one is blocked, and another may answer later', async () => {
    at.net.break(METADATA_URL, 'blocked');
    at.net.break(urlOf('between'), 'unreachable');
    const leaf = await leafWith(METADATA_URL, urlOf('between'));
    expect(await at.judgeOnline(leaf)).toEqual(refused('trust/issuer-unreachable'));
  });

  test('and another place has it, it does not matter', async () => {
    at.net.break(METADATA_URL, 'blocked');
    at.net.set(urlOf('between'), between.certificate);
    const judged = await at.judgeOnline(await leafWith(METADATA_URL, urlOf('between')));
    expect(judged.ok).toBe(true);
  });

  test.each([
    ['a page', Buffer.from('<html><body>Not here any more</body></html>')],
    ['nothing', new Uint8Array()],
    ['PEM of nothing', Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')],
    ['a list without certificates', p7b([])],
  ])('trust/issuer-unreachable: what comes is %s', async (_, bytes) => {
    at.net.set(urlOf('between'), bytes);
    const leaf = await leafWith(urlOf('between'));
    expect(await at.judgeOnline(leaf)).toEqual(refused('trust/issuer-unreachable'));
  });

  test('trust/issuer-unreachable: the time for everything is over', async () => {
    at.net.silence(urlOf('between'));
    const sources = { fetch: at.net.fetch, cache: at.cache, within: AbortSignal.timeout(20) };
    const judged = await at.judge(await leafWith(urlOf('between')), [], { sources });
    expect(judged).toEqual(refused('trust/issuer-unreachable'));
  });

  test('trust/issuer-unreachable: one of the same name that did not sign is at hand', async () => {
    const keys = await keysOf('impostor');
    const impostor = await issueQuickly(root, { ca: true, name: 'between', keys });
    at.net.break(urlOf('between'), 'unreachable');
    const judged = await at.judgeOnline(await leafWith(urlOf('between')), [impostor]);
    expect(judged).toEqual(refused('trust/issuer-unreachable'));
  });

  test('but one that came forbids the path, that is told', async () => {
    const dead = await authority(root, 'dead', { notAfter: new Date(START.getTime() - 1000) });
    at.net.set(urlOf('dead'), dead.certificate);
    at.net.break(urlOf('between'), 'unreachable');
    const issuerUrls = [urlOf('dead'), urlOf('between')];
    expect(await at.judgeOnline(await leafOf(dead, { issuerUrls }))).toEqual(
      refused('trust/expired'),
    );
  });
});

const leafAnd = async (notAfter: Date) => {
  const between = await authority(root, 'between', { notAfter });
  at.net.set(urlOf('between'), between.certificate);
  return leafOf(between, { issuerUrls: [urlOf('between')], notAfter: new Date('2090-01-01') });
};
const after = (ms: number): Date => new Date(START.getTime() + ms);

describe('what was fetched', () => {
  test('is remembered for a day', async () => {
    const leaf = await leafAnd(after(90 * DAY_MS));
    for (const [ms, asked] of [[0, 1], [DAY_MS - 1000, 1], [DAY_MS + 1000, 2]] as const) {
      at.clock.now = after(ms);
      expect((await at.judgeOnline(leaf)).ok).toBe(true);
      expect(at.fetched()).toHaveLength(asked);
    } // prettier-ignore
  });

  test('is not remembered when it holds nothing', async () => {
    const leaf = await leafAnd(after(90 * DAY_MS));
    at.net.set(urlOf('between'), Buffer.from('<html>'));
    expect((await at.judgeOnline(leaf)).ok).toBe(false);
    expect((await leafAnd(after(90 * DAY_MS))).certificate.length).toBeGreaterThan(0);
    expect((await at.judgeOnline(leaf)).ok).toBe(true);
  });

  test('is not remembered beyond its own time', async () => {
    const leaf = await leafAnd(after(3_600_000));
    await at.judgeOnline(leaf);
    at.clock.now = after(3_600_000 + 2000);
    expect(await at.cache.read({ kind: 'issuer', name: urlOf('between') })).toBeUndefined();
  });

  test('is fetched anew when what is remembered is none', async () => {
    const leaf = await leafAnd(after(90 * DAY_MS));
    await at.cache.keep({ kind: 'issuer', name: urlOf('between') }, Buffer.of(1), after(DAY_MS));
    expect((await at.judgeOnline(leaf)).ok).toBe(true);
  });

  test('is fetched anew when it leads nowhere: the authority has a new key', async () => {
    const leaf = await leafAnd(after(90 * DAY_MS));
    const old = await authority(root, 'between', { keys: await keysOf('old') });
    await at.cache.keep({ kind: 'issuer', name: urlOf('between') }, old.certificate, after(DAY_MS));
    expect((await at.judgeOnline(leaf)).ok).toBe(true);
    expect((await at.judgeOnline(leaf)).ok).toBe(true);
    expect(at.fetched()).toEqual([urlOf('between')]);
  });

  test('is fetched anew once in a decision, and no more', async () => {
    const impostor = await cachedAuthority('Nobody');
    const lone = await leafOf(impostor, { issuerUrls: [urlOf('nobody'), urlOf('nowhere')] });
    at.net.set(urlOf('nobody'), impostor.certificate);
    for (const asked of [2, 4]) {
      await at.judgeOnline(lone);
      expect(at.fetched()).toHaveLength(asked);
    }
  });
});
