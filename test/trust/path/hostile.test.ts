import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { newEffort } from '../../../shared/trust/path/effort.ts';
import { newSearch } from '../../../shared/trust/path/search.ts';
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
  type Chain,
} from '../../support/chains.ts';
import { cases } from '../../support/counts.ts';
import { LONG_MS, mutationsOf } from '../../support/mutations.ts';
import {
  cachedKeys,
  makeAuthority,
  nameConstraintsExtension as nameConstraints,
  policiesExtension as policies,
  policyConstraintsExtension as policyConstraints,
  type Authority,
} from '../../support/pki.ts';

/** Whether there is a path on which this certificate stands as it is. */
function leads(chain: Chain, changed: Certificate): boolean {
  const search = newSearch({
    anchors: [chain.root],
    candidates: chain.between,
    rules: STRICT,
    now: NOW,
    usages: [],
  });
  return [...validPaths(chain.leaf, search)].some(({ certificates }) =>
    certificates.some(({ fingerprint }) => fingerprint === changed.fingerprint),
  );
}

/** Where on a path somebody changes something. */
interface Place {
  readonly name: string;
  readonly original: (chain: Chain) => Uint8Array;
  readonly replaced: (chain: Chain, changed: Certificate) => Chain;
}

describe('a good path of which somebody changed a certificate', () => {
  let chain: Chain;
  beforeAll(async () => {
    chain = await chainOf({}, [
      {
        extraExtensions: [
          nameConstraints({ permitted: [{ email: 'x.example.org' }], excluded: [{ dns: 'y' }] }),
          policies(['1.2.3']),
          policyConstraints({ requireExplicit: 0 }),
        ],
      },
      { extraExtensions: [policies(['1.2.3'])], crlUrls: ['http://x/'], issuerUrls: ['http://y/'] },
    ]);
  });

  const PLACES: readonly Place[] = [
    {
      name: 'the leaf',
      original: ({ leaf }) => leaf.der,
      replaced: (all, leaf) => ({ ...all, leaf }),
    },
    {
      name: 'the authority',
      original: ({ between }) => between[0]!.der,
      replaced: (all, one) => ({ ...all, between: [one] }),
    },
    {
      name: 'the root',
      original: ({ root }) => root.der,
      replaced: (all, one) => ({ ...all, between: [...all.between, one] }),
    },
  ];

  test.each(PLACES)('never leads over it, whichever bit it was: $name', (place) => {
    const good = place.original(chain);
    expect(leads(chain, read(good))).toBe(true);
    const changed = Array.from({ length: good.length * 8 }, (_, bit) => {
      const copy = Uint8Array.from(good);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      return readCertificate(copy);
    }).flatMap((each) => (each.ok ? [each.value] : []));
    expect(changed.length).toBeGreaterThan(500);
    expect(changed.filter((each) => leads(place.replaced(chain, each), each))).toEqual([]);
  });

  test.each(PLACES)(
    'never leads over it, whatever was done to it: $name',
    ({ original, replaced }) => {
      const good = original(chain);
      fc.assert(
        fc.property(mutationsOf(good), (bytes) => {
          const changed = readCertificate(bytes);
          if (!changed.ok || bytes.equals(good)) return true;
          return !leads(replaced(chain, changed.value), changed.value);
        }),
        { numRuns: cases(4000) },
      );
    },
    LONG_MS,
  );
});

/** Authorities of one name, each of which certifies the keys of all the others. */
async function tangleOf(count: number): Promise<readonly Authority[]> {
  const keys = await Promise.all(
    Array.from({ length: count }, (_, at) => cachedKeys(`tangle ${at}`, { ec: 'P-256' })),
  );
  const issuers = await Promise.all(
    keys.map((each) => makeAuthority({ name: 'Tangle', keys: each })),
  );
  const all = issuers.flatMap((issuer) =>
    keys.map((each) => authorityOf(issuer, 'Tangle', { keys: each })),
  );
  return Promise.all(all);
}

describe('certificates that look alike', () => {
  test('trust/too-costly: are not tried in all their orders', async () => {
    const tangle = await tangleOf(8);
    const leaf = await leafOf(tangle[0]!);
    const root = read((await rootOf()).certificate);
    const effort = newEffort();
    const between = tangle.map(({ certificate }) => read(certificate));
    expect(codeOf({ leaf, between, root }, { maxDepth: 16 }, { effort })).toBe('trust/too-costly');
    // No pair of a certificate and a key is verified twice.
    expect(effort.signatures.size + effort.signatureChecksLeft).toBe(
      newEffort().signatureChecksLeft,
    );
  });

  test('do not hide the right one while they are few', async () => {
    const root = await rootOf();
    const right = await authorityOf(root, 'Tangle');
    const leaf = await leafOf(right);
    const between = [...(await tangleOf(6)), right].map(({ certificate }) => read(certificate));
    expect(codeOf({ leaf, between, root: read(root.certificate) })).toBe('valid');
  });

  test('trust/too-costly: are not even sorted without end', async () => {
    const root = await rootOf();
    const one = read((await authorityOf(root, 'One')).certificate);
    // They differ in what they are called here only: nobody needs that many signatures for this.
    const between = Array.from({ length: 25_000 }, (_, at) => ({
      ...one,
      fingerprint: `${at}` as Certificate['fingerprint'],
    }));
    const leaf = await leafOf(await authorityOf(root, 'One'));
    expect(codeOf({ leaf, between, root: read(root.certificate) })).toBe('trust/too-costly');
  });
});

describe('authorities that certify one another', () => {
  test('trust/no-anchor: lead nowhere when nobody else certified them', async () => {
    const keys = await cachedKeys('circle', { ec: 'P-256' });
    const one = await rootOf({ name: 'Circle', keys });
    const other = await authorityOf(one, 'Other half');
    const back = await authorityOf(other, 'Circle', { keys });
    const leaf = await leafOf(other);
    const between = [other, back, one].map(({ certificate }) => read(certificate));
    const root = read((await rootOf()).certificate);
    expect(codeOf({ leaf, between, root })).toBe('trust/no-anchor');
  });
});

describe('a path of many authorities', () => {
  test('trust/too-costly: has as many as the rules allow, and no more', async () => {
    const links = [{}, {}, {}, {}];
    expect(codeOf(await chainOf({}, links), { maxDepth: 3 })).toBe('valid');
    expect(codeOf(await chainOf({}, links), { maxDepth: 2 })).toBe('trust/too-costly');
    expect(codeOf(await chainOf({}, [{}]), { maxDepth: 0 })).toBe('valid');
  });

  test('trust/too-costly: has an end also when it issues to itself for ever', async () => {
    let issuer = await rootOf({ name: 'Same' });
    const root = read(issuer.certificate);
    const between: Certificate[] = [];
    for (let at = 0; at < 45; at++) {
      const keys = await cachedKeys(`same ${at}`, { ec: 'P-256' });
      issuer = await authorityOf(issuer, 'Same', { keys });
      between.push(read(issuer.certificate));
    }
    const search = {
      effort: { ...newEffort(), signatureChecksLeft: 10_000, candidatesLeft: 100_000 },
    };
    const leaf = await leafOf(issuer);
    expect(codeOf({ leaf, between, root }, {}, search)).toBe('trust/too-costly');
  });
});
