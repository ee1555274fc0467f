import { describe, expect, test } from '@jest/globals';
import type { FailureCode } from '../../../shared/failures.ts';
import { newSearch, type Search } from '../../../shared/trust/path/search.ts';
import { validPaths } from '../../../shared/trust/path/valid-paths.ts';
import { STRICT } from '../../../shared/trust/rules.ts';
import {
  authorityOf,
  chainOf,
  codeOf,
  leafOf,
  NOW,
  read,
  rootOf,
  SELF_ISSUED,
  type Chain,
  type Link,
} from '../../support/chains.ts';
import { cachedKeys, withBrokenSignature, type Authority } from '../../support/pki.ts';

const PAST = { notBefore: new Date('2020-01-01'), notAfter: new Date('2026-02-01') };
const SERVER = '1.3.6.1.5.5.7.3.1';
const MAIL = '1.3.6.1.5.5.7.3.4';

const judged = async (links: readonly Link[], rules = {}, options = {}) =>
  codeOf(await chainOf({}, links), rules, options);

const readAll = (...authorities: readonly Authority[]) =>
  authorities.map(({ certificate }) => read(certificate));

const searchOf = ({ between, root }: Omit<Chain, 'leaf'>): Search =>
  newSearch({ anchors: [root], candidates: between, rules: STRICT, now: NOW, usages: [] });

/** Common names of each path, the leaf left out. */
const pathsOf = (chain: Chain, search = searchOf(chain)): readonly (readonly string[])[] =>
  [...validPaths(chain.leaf, search)].map(({ certificates }) =>
    certificates.slice(1).map(({ subject }) => /=([^"]*)"/.exec(subject.comparable)?.[1] ?? ''),
  );

describe('a path', () => {
  test('runs from the leaf over each issuer to the anchor, in whatever order they are given', async () => {
    const { leaf, between, root } = await chainOf({}, [{}, {}, {}, {}]);
    const names = [['authority 3', 'authority 2', 'authority 1', 'root']];
    expect(pathsOf({ leaf, between, root })).toEqual(names);
    expect(pathsOf({ leaf, between: between.toReversed(), root })).toEqual(names);
  });

  test.each<[FailureCode, string, readonly Link[]]>([
    ['trust/expired', 'an authority has expired', [PAST, {}]],
    ['trust/expired', 'the leaf has expired', [{}, PAST]],
    [
      'trust/not-yet-valid',
      'an authority is not valid yet',
      [{ notBefore: new Date('2026-04-01') }, {}],
    ],
    ['trust/not-an-authority', 'an authority is none', [{ ca: false, keyUsage: [] }, {}]],
    [
      'trust/not-an-authority',
      'an authority says nothing of it',
      [{ basicConstraints: 'absent' }, {}],
    ],
    ['trust/not-an-authority', 'an authority may sign lists only', [{ keyUsage: ['cRLSign'] }, {}]],
    ['trust/path-length', 'there is one authority too many', [{ pathLength: 0 }, {}, {}]],
    [
      'trust/path-length',
      'there is one too many for the second',
      [{ pathLength: 5 }, { pathLength: 0 }, {}, {}],
    ],
    ['trust/path-length', 'one below would allow more', [{ pathLength: 0 }, { pathLength: 5 }, {}]],
    ['trust/weak-signature', 'SHA-1 was used', [{ hash: 'sha1' }, {}]],
    [
      'trust/key-usage',
      'the leaf would sign certificates and is no authority',
      [{ keyUsage: ['keyCertSign'] }],
    ],
    [
      'trust/unsupported',
      'something critical is not known',
      [
        { extraExtensions: [{ oid: '2.5.29.18', critical: true, value: Uint8Array.of(0x30, 0) }] },
        {},
      ],
    ],
  ])('%s: is not valid when %s', async (code, _, links) => {
    expect(await judged(links)).toBe(code);
  });

  test.each<[string, readonly Link[]]>([
    ['is as long as each authority allows', [{ pathLength: 1 }, { pathLength: 0 }, {}]],
    ['ends in an authority, which is not counted', [{ pathLength: 0 }, { ca: true }]],
    [
      'ends in an authority that limits what is below it',
      [{ pathLength: 0 }, { ca: true, pathLength: 9 }],
    ],
    ['has authorities that mark nothing as critical', [{ basicConstraints: 'not-critical' }, {}]],
    ['has authorities without key usage', [{ keyUsage: [] }, {}]],
    ['was signed in several ways', [{ pss: true, hash: 'sha384' }, { hash: 'sha512' }]],
  ])('is valid when it %s', async (_, links) => {
    const rsa = await cachedKeys('rsa root');
    expect(codeOf(await chainOf({ keys: rsa }, links))).toBe('valid');
  });

  test('trust/bad-signature: is not valid when a signature is broken', async () => {
    const { leaf, between, root } = await chainOf({}, [{}, {}]);
    const brokenLeaf = read(withBrokenSignature(leaf.der));
    const brokenAuthority = read(withBrokenSignature(between[0]!.der));
    expect(codeOf({ leaf: brokenLeaf, between, root })).toBe('trust/bad-signature');
    expect(codeOf({ leaf, between: [brokenAuthority], root })).toBe('trust/bad-signature');
  });

  test('with SHA-1 on it is valid only where the rules allow that, and with MD5 never', async () => {
    const rsa = await cachedKeys('rsa root');
    const allowed = { allowSha1: true };
    expect(
      codeOf(await chainOf({ keys: rsa }, [{ hash: 'sha1' }, { hash: 'sha1' }]), allowed),
    ).toBe('valid');
    expect(codeOf(await chainOf({ keys: rsa }, [{ hash: 'md5' }]), allowed)).toBe(
      'trust/weak-signature',
    );
  });

  test('with a short key on it is valid only where the rules take that', async () => {
    const short = { keys: await cachedKeys('short', { bits: 1024 }) };
    expect(await judged([short, {}])).toBe('trust/weak-key');
    expect(await judged([{}, short])).toBe('trust/weak-key');
    expect(await judged([short, {}], { minimumRsaBits: 1024 })).toBe('valid');
  });

  test('trust/key-usage: has to allow the usage that is wanted all the way', async () => {
    const wanted = { usages: [MAIL] };
    expect(await judged([{}, {}], {}, wanted)).toBe('valid');
    expect(await judged([{ extendedKeyUsage: [SERVER, MAIL] }, {}], {}, wanted)).toBe('valid');
    expect(await judged([{ extendedKeyUsage: ['2.5.29.37.0'] }, {}], {}, wanted)).toBe('valid');
    expect(await judged([{ extendedKeyUsage: [SERVER] }, {}], {}, wanted)).toBe('trust/key-usage');
    expect(await judged([{}, { extendedKeyUsage: [SERVER] }], {}, wanted)).toBe('trust/key-usage');
    const both = { usages: [MAIL, SERVER] };
    expect(await judged([{}, { extendedKeyUsage: [SERVER] }], {}, both)).toBe('trust/key-usage');
  });
});

describe('an authority that issues to itself', () => {
  const itself: Link = { [SELF_ISSUED]: true };

  test('is not counted as one more', async () => {
    expect(await judged([{ pathLength: 0 }, itself, {}])).toBe('valid');
    expect(await judged([{ pathLength: 1 }, itself, {}, {}])).toBe('valid');
    expect(await judged([{ pathLength: 0 }, itself, {}, {}])).toBe('trust/path-length');
    expect(await judged([{}, itself, {}], { maxDepth: 1 })).toBe('valid');
  });

  test('may narrow the length in what it issues to itself', async () => {
    expect(await judged([{ pathLength: 2 }, { ...itself, pathLength: 0 }, {}])).toBe('valid');
    expect(await judged([{ pathLength: 2 }, { ...itself, pathLength: 0 }, {}, {}])).toBe(
      'trust/path-length',
    );
  });

  test('has to be an authority in that too', async () => {
    expect(await judged([{}, { ...itself, ca: false, keyUsage: [] }, {}])).toBe(
      'trust/not-an-authority',
    );
  });
});

describe('the search for paths', () => {
  test('finds every valid path, the anchor that is next first', async () => {
    // To the other certificate of the same authority the key identifier points.
    const near = await rootOf({ name: 'Near', subjectKeyId: Uint8Array.of(1) });
    const far = await rootOf({ name: 'Far' });
    const crossed = await authorityOf(far, 'Near', {
      keys: await cachedKeys('root Near', { ec: 'P-256' }),
    });
    const between = readAll(crossed);
    const leaf = await leafOf(near);
    const search = newSearch({
      anchors: readAll(far, near),
      candidates: between,
      rules: STRICT,
      now: NOW,
      usages: [],
    });
    const [root] = readAll(near);
    expect(pathsOf({ leaf, between, root: root! }, search)).toEqual([['near'], ['near', 'far']]);
  });

  test('does nothing before it is asked', async () => {
    const chain = await chainOf({}, [{}, {}]);
    const search = searchOf(chain);
    const paths = validPaths(chain.leaf, search);
    expect(search.effort.signatures.size).toBe(0);
    expect(paths.next().done).toBe(false);
    expect(search.effort.signatures.size).toBe(2);
  });

  test('is not led astray by others of the same name, nor by key identifiers that do not match', async () => {
    const root = await rootOf();
    const [right, wrong] = [
      await authorityOf(root, 'One', { subjectKeyId: Uint8Array.of(1) }),
      await authorityOf(root, 'One', {
        subjectKeyId: Uint8Array.of(2),
        keys: await cachedKeys('wrong', { ec: 'P-256' }),
      }),
    ];
    const leaf = await leafOf(right, { authorityKeyId: Uint8Array.of(2) });
    for (const between of [readAll(right, wrong), readAll(wrong, right)]) {
      expect(pathsOf({ leaf, between, root: read(root.certificate) })).toEqual([['one', 'root']]);
    }
  });

  test('leaves an expired certificate of an authority for its current one', async () => {
    const root = await rootOf();
    const between = readAll(await authorityOf(root, 'One', PAST), await authorityOf(root, 'One'));
    const leaf = await leafOf(await authorityOf(root, 'One'));
    expect(codeOf({ leaf, between, root: read(root.certificate) })).toBe('valid');
  });

  test('goes another way when one is not valid as a whole', async () => {
    const root = await rootOf();
    const keys = await cachedKeys('upper', { ec: 'P-256' });
    const narrow = await authorityOf(root, 'Upper', { keys, pathLength: 0 });
    const wide = await authorityOf(root, 'Upper', { keys });
    const lower = await authorityOf(wide, 'Lower');
    const leaf = await leafOf(lower);
    const between = readAll(narrow, wide, lower);
    expect(pathsOf({ leaf, between, root: read(root.certificate) })).toHaveLength(1);
  });

  test('says which certificates lead nowhere', async () => {
    const { leaf, between, root } = await chainOf({}, [{}, {}, {}]);
    const search = searchOf({ between: between.slice(1), root });
    expect(pathsOf({ leaf, between, root }, search)).toEqual([]);
    expect([...search.deadEnds.values()]).toEqual([between[1]]);
    expect(search.refusals).toEqual([]);
    const found = searchOf({ between, root });
    expect(pathsOf({ leaf, between, root }, found)).toHaveLength(1);
    expect(found.deadEnds.size).toBe(0);
  });
});
