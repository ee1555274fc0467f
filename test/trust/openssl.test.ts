import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { trust } from '../../shared/trust/trust.ts';
import { describeWith } from '../support/needs.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  pemOf,
  withBrokenSignature,
  type Authority,
  type IssueOptions,
} from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org' as DirectAddress;
const PAST = new Date('2020-01-01T00:00:00Z');

describeWith(['openssl'], 'openssl verify for the purpose of S/MIME', () => {
  let folder: string;
  let root: Authority;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trust-'));
    root = await cachedAuthority();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const save = (name: string, certificates: readonly Uint8Array[]): string => {
    const path = join(folder, name);
    writeFileSync(path, certificates.map(pemOf).join(''));
    return path;
  };

  function opensslTrusts(leaf: Uint8Array, between: readonly Uint8Array[]): boolean {
    const anchor = save('anchor.pem', [root.certificate]);
    const args = ['verify', '-purpose', 'smimeencrypt', '-auth_level', '2', '-CAfile', anchor];
    const untrusted = between.length > 0 ? ['-untrusted', save('between.pem', between)] : [];
    return spawnSync('openssl', [...args, ...untrusted, save('leaf.pem', [leaf])]).status === 0;
  }

  async function weTrust(leaf: Uint8Array, intermediates: readonly Uint8Array[]): Promise<boolean> {
    const anchors = anchorsOf({ anchors: [root.certificatePem] });
    const options = { anchors, now: new Date(), intermediates };
    return (await trust(ADDRESS, [leaf], 'encryption', options)).outcome.ok;
  }

  async function chain(
    leafOptions: IssueOptions,
    steps: readonly IssueOptions[],
  ): Promise<[Uint8Array, Uint8Array[]]> {
    let issuer = root;
    const between: Uint8Array[] = [];
    for (const [index, options] of steps.entries()) {
      const keys = await cachedKeys(`step ${index}`);
      issuer = await issueQuickly(issuer, { name: `Step ${index}`, ca: true, keys, ...options });
      between.push(issuer.certificate);
    }
    const leaf = await issueQuickly(issuer, { address: ADDRESS, ...leafOptions });
    return [leaf.certificate, between];
  }

  test.each<[string, boolean, IssueOptions, readonly IssueOptions[]]>([
    ['a leaf of the anchor', true, {}, []],
    ['a leaf below two intermediates', true, {}, [{ pathLength: 1 }, { pathLength: 0 }]],
    ['PSS and SHA-512 on the way', true, { pss: true }, [{ hash: 'sha512' }, { pss: true }]],
    ['a leaf without key usages', true, { keyUsage: [], extendedKeyUsage: [] }, [{}]],
    ['an expired leaf', false, { notBefore: PAST, notAfter: PAST }, []],
    ['an expired intermediate', false, {}, [{ notBefore: PAST, notAfter: PAST }]],
    ['a path that is too long', false, {}, [{ pathLength: 0 }, {}]],
    ['an issuer that is no authority', false, {}, [{ ca: false }]],
    ['an issuer that may not sign certificates', false, {}, [{ keyUsage: ['cRLSign'] }]],
    ['an issuer for servers only', false, {}, [{ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }]],
    ['a leaf for signatures only', false, { keyUsage: ['digitalSignature'] }, []],
    ['a leaf for servers only', false, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }, []],
    ['a SHA-1 signature', false, { hash: 'sha1' }, []],
    ['a short key', false, { bits: 1024 }, []],
    [
      'an unknown critical extension',
      false,
      { extraExtensions: [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] },
      [],
    ],
  ])('agrees on %s: %s', async (_, expected, leafOptions, steps) => {
    const [leaf, between] = await chain(leafOptions, steps);
    expect([opensslTrusts(leaf, between), await weTrust(leaf, between)]).toEqual([
      expected,
      expected,
    ]);
  });

  test('agrees that a broken signature and a missing intermediate are not trusted', async () => {
    const [leaf, between] = await chain({}, [{}]);
    for (const given of [between.map(withBrokenSignature), []]) {
      expect([opensslTrusts(leaf, given), await weTrust(leaf, given)]).toEqual([false, false]);
    }
  });
});
