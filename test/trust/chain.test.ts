import { beforeAll, describe, expect, test } from '@jest/globals';
import { fail } from '../../shared/outcome.ts';
import { readCertificate, type Certificate } from '../../shared/trust/certificate.ts';
import { buildPath } from '../../shared/trust/chain.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  makeAuthority,
  withBrokenSignature,
  type Authority,
  type IssueOptions,
} from '../support/pki.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const VALID = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
};
const LEAF: IssueOptions = { address: 'dr@direct.example.org', ec: 'P-256' };

let root: Authority;
beforeAll(async () => {
  root = await cachedAuthority();
});

function read(certificate: Uint8Array): Certificate {
  const outcome = readCertificate(certificate);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}

/** An authority of its own elliptic curve key, issued by another. */
const intermediate = async (
  issuer: Authority,
  name: string,
  options: IssueOptions = {},
): Promise<Authority> =>
  issueQuickly(issuer, {
    name,
    ca: true,
    keys: await cachedKeys(`authority ${name}`, { ec: 'P-384' }),
    ...VALID,
    ...options,
  });

/** Issuers one below the other; the leaf is issued by the last of them. */
async function chainOf(
  steps: readonly (readonly [name: string, options?: IssueOptions])[],
): Promise<{ leaf: Uint8Array; between: Uint8Array[] }> {
  const between: Uint8Array[] = [];
  let issuer = root;
  for (const [name, options] of steps) {
    issuer = await intermediate(issuer, name, options);
    between.push(issuer.certificate);
  }
  const { certificate } = await issueQuickly(issuer, { ...LEAF, ...VALID });
  return { leaf: certificate, between };
}

function build(
  { leaf, between }: { leaf: Uint8Array; between: readonly Uint8Array[] },
  anchors: readonly Uint8Array[] = [root.certificate],
): ReturnType<typeof buildPath> {
  return buildPath(read(leaf), between.map(read), anchors.map(read), NOW);
}

describe('a path to an anchor', () => {
  test('runs from the leaf over each issuer to the anchor, in whatever order they are given', async () => {
    const chain = await chainOf([['One'], ['Two'], ['Three']]);
    const path = build({ ...chain, between: chain.between.toReversed() });
    expect(path.ok && path.value.map(({ der }) => der)).toEqual([
      chain.leaf,
      ...chain.between.toReversed(),
      root.certificate,
    ]);
  });

  test('may end at an intermediate that is an anchor', async () => {
    const chain = await chainOf([['One'], ['Two']]);
    expect(build({ ...chain, between: [] }, [chain.between[1]!]).ok).toBe(true);
  });

  test('is not led astray by another certificate of the same name, before or after the right one', async () => {
    const chain = await chainOf([['One']]);
    const decoy = await intermediate(root, 'Decoy', { name: 'One' });
    for (const between of [
      [decoy.certificate, ...chain.between],
      [...chain.between, decoy.certificate],
    ]) {
      expect(build({ ...chain, between }).ok).toBe(true);
    }
  });

  test('leaves an expired certificate of an authority for its current one', async () => {
    const chain = await chainOf([['One']]);
    const old = await intermediate(root, 'One', { notAfter: new Date('2026-02-01T00:00:00Z') });
    expect(build({ ...chain, between: [old.certificate, ...chain.between] }).ok).toBe(true);
  });

  test('finds an issuer whose name is written with other spacing and case', async () => {
    const one = await intermediate(root, 'One Authority');
    const respelled = await intermediate(root, 'One Authority', { name: ' ONE  authority ' });
    const { certificate } = await issueQuickly(one, { ...LEAF, ...VALID });
    expect(build({ leaf: certificate, between: [respelled.certificate] }).ok).toBe(true);
  });

  test('may have eight certificates', async () => {
    const names = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((name) => [name] as const);
    expect(build(await chainOf(names)).ok).toBe(true);
    expect(build(await chainOf([...names, ['Seven']]))).toEqual(fail('trust/no-anchor'));
  });

  test('allows what the path length allows, an authority that issued to itself not counted', async () => {
    const chain = await chainOf([
      ['One', { pathLength: 1 }],
      ['Two', { pathLength: 0 }],
    ]);
    expect(build(chain).ok).toBe(true);

    const old = await intermediate(root, 'Old', { name: 'One', pathLength: 0 });
    const renewed = await intermediate(old, 'New', { name: 'One' });
    const { certificate } = await issueQuickly(renewed, { ...LEAF, ...VALID });
    const between = [old.certificate, renewed.certificate];
    expect(build({ leaf: certificate, between }).ok).toBe(true);
  });
});

describe('a path that is refused', () => {
  test('trust/no-anchor: an intermediate is missing', async () => {
    const chain = await chainOf([['One'], ['Two']]);
    const between = [chain.between[0]!];
    expect(build({ ...chain, between })).toEqual(fail('trust/no-anchor'));
  });

  test('trust/no-anchor: authorities that certify one another and nobody else does', async () => {
    const one = await makeAuthority({ name: 'Circle', ...VALID, keys: await cachedKeys('c1') });
    const other = await intermediate(one, 'Other Half');
    const back = await intermediate(other, 'Back', {
      name: 'Circle',
      keys: await cachedKeys('c1'),
    });
    const { certificate } = await issueQuickly(other, { ...LEAF, ...VALID });
    const between = [other.certificate, back.certificate, one.certificate];
    expect(build({ leaf: certificate, between })).toEqual(fail('trust/no-anchor'));
  });

  test('trust/bad-signature: of an intermediate', async () => {
    const chain = await chainOf([['One']]);
    const between = [withBrokenSignature(chain.between[0]!)];
    expect(build({ ...chain, between })).toEqual(fail('trust/bad-signature'));
  });

  test.each<[string, IssueOptions]>([
    ['an end entity', { ca: false }],
    ['one whose key may not sign certificates', { keyUsage: ['digitalSignature', 'cRLSign'] }],
  ])('trust/not-an-authority: issued by %s', async (_, options) => {
    expect(build(await chainOf([['One', options]]))).toEqual(fail('trust/not-an-authority'));
  });

  test('trust/not-an-authority: the anchor itself is none', async () => {
    const end = await issueQuickly(root, { address: 'end@example.org', ...VALID });
    const { certificate } = await issueQuickly(end, { ...LEAF, ...VALID });
    expect(build({ leaf: certificate, between: [] }, [end.certificate])).toEqual(
      fail('trust/not-an-authority'),
    );
  });

  test('trust/path-length: one intermediate more than allowed, by the first or by the anchor', async () => {
    const chain = await chainOf([['One', { pathLength: 0 }], ['Two']]);
    expect(build(chain)).toEqual(fail('trust/path-length'));

    const keys = await cachedKeys('authority Narrow');
    const narrow = await makeAuthority({ name: 'Narrow', pathLength: 0, keys, ...VALID });
    const one = await intermediate(narrow, 'One');
    const { certificate } = await issueQuickly(one, { ...LEAF, ...VALID });
    expect(build({ leaf: certificate, between: [one.certificate] }, [narrow.certificate])).toEqual(
      fail('trust/path-length'),
    );
  });

  test.each<[Parameters<typeof fail>[0], string, IssueOptions]>([
    ['trust/expired', 'expired', { notAfter: new Date('2026-02-01T00:00:00Z') }],
    ['trust/not-yet-valid', 'not valid yet', { notBefore: new Date('2026-04-01T00:00:00Z') }],
    ['trust/weak-signature', 'signed with SHA-1', { hash: 'sha1' }],
    [
      'trust/unsupported',
      'restricted in names, which is not evaluated',
      { extraExtensions: [{ oid: '2.5.29.30', value: Uint8Array.of(0x30, 0) }] },
    ],
  ])('%s: an intermediate is %s', async (code, _, options) => {
    expect(build(await chainOf([['One', options], ['Two']]))).toEqual(fail(code));
  });

  test('trust/weak-key: an intermediate has a short key', async () => {
    const keys = await cachedKeys('authority Short', { bits: 1024 });
    expect(build(await chainOf([['Short', { keys }]]))).toEqual(fail('trust/weak-key'));
  });

  test('trust/expired: the anchor has expired', async () => {
    const old = await makeAuthority({
      name: 'Old Anchor',
      keys: await cachedKeys('authority Old Anchor'),
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2026-02-01T00:00:00Z'),
    });
    const { certificate } = await issueQuickly(old, { ...LEAF, ...VALID });
    expect(build({ leaf: certificate, between: [] }, [old.certificate])).toEqual(
      fail('trust/expired'),
    );
  });

  test('trust/unsupported: authorities of one name that all certify each other cost a bounded time', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `tangle ${index}`);
    const keys = await Promise.all(names.map((name) => cachedKeys(name, { ec: 'P-256' })));
    const tangle = await Promise.all(
      keys.map((each) => makeAuthority({ name: 'Tangle', keys: each })),
    );
    const between = await Promise.all(
      tangle.flatMap((issuer) =>
        keys.map((each) =>
          issueQuickly(issuer, { name: 'Tangle', ca: true, keys: each, ...VALID }),
        ),
      ),
    );
    const { certificate } = await issueQuickly(tangle[0]!, { ...LEAF, ...VALID });
    const chain = { leaf: certificate, between: between.map((each) => each.certificate) };
    const startedMs = performance.now();
    expect(build(chain)).toEqual(fail('trust/unsupported'));
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});
