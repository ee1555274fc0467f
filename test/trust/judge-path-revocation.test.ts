import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { policiesExtension } from '../../infra/local/certificates/restrictions.ts';
import { readCrl } from '../../shared/trust/revocation/crl.ts';
import { STRICT, type TrustRules } from '../../shared/trust/rules.ts';
import { valueOf } from '../secure/support/people.ts';
import { cachedAuthority, issueQuickly, type Authority, type Issued } from '../support/pki.ts';
import {
  authority,
  judging,
  keysOf,
  leafOf,
  read,
  refused,
  START,
  urlOf,
  type Der,
} from './support/judging.ts';

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

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

const withRevocation = (revocation: TrustRules['revocation']): { rules: TrustRules } => ({
  rules: { ...STRICT, revocation },
});
const required = withRevocation('required');
const listBy = (issuer: Authority, ...revoked: readonly Der[]) =>
  makeRevocationList(issuer, {
    revoked: revoked.map((each) => ({ serial: Buffer.from(read(each).serial, 'hex'), at: START })),
  });
const evidenceOf = (...lists: readonly Uint8Array[]) => ({
  evidence: { crls: lists.map((list) => valueOf(readCrl(list))), ocsp: [] },
});

describe('the revocation of a path', () => {
  let between: Issued;
  /** The same authority, certified a second time. */
  let again: Issued;
  let leaf: Issued;
  beforeAll(async () => {
    const keys = await keysOf('between');
    between = await authority(root, 'between', { keys });
    again = await authority(root, 'between', { keys });
    leaf = await leafOf(between);
  });
  test('nothing is revoked: the word says so', async () => {
    const evidence = evidenceOf(listBy(root), listBy(between));
    const judged = valueOf(await at.judge(leaf, [between], { ...required, ...evidence }));
    expect(judged.revocation).toBe('good');
  });

  test('off: nobody is asked', async () => {
    const evidence = evidenceOf(listBy(root, between), listBy(between, leaf));
    const judged = await at.judge(leaf, [between], { ...withRevocation('off'), ...evidence });
    expect(valueOf(judged).revocation).toBe('off');
  });

  test.each([
    ['first', () => between, () => again],
    ['second', () => again, () => between],
  ])('an intermediate is revoked (the %s), and another path is good', async (_, bad, good) => {
    const evidence = evidenceOf(listBy(root, bad()), listBy(between));
    const { path } = valueOf(await at.judge(leaf, [between, again], { ...required, ...evidence }));
    expect(path[1]?.fingerprint).toBe(read(good()).fingerprint);
  });

  test('trust/revoked: on every path, and no issuer is looked for', async () => {
    const withUrl = await leafOf(between, { issuerUrls: [urlOf('between')] });
    const evidence = evidenceOf(listBy(root, between, again), listBy(between));
    const judged = await at.judgeOnline(withUrl, [between, again], { ...required, ...evidence });
    expect([judged, at.fetched()]).toEqual([refused('trust/revoked'), []]);
  });

  test('trust/revoked beats a path of which nobody can say, in whatever order they come', async () => {
    const old = await authority(other, 'between', { keys: await keysOf('between') });
    const anchors = [read(root), read(other)];
    const evidence = evidenceOf(listBy(root, between), listBy(between));
    for (const intermediates of [[between, old], [old, between]]) {
      const judged = await at.judge(leaf, intermediates, { ...required, ...evidence, anchors });
      expect(judged).toEqual(refused('trust/revoked'));
    } // prettier-ignore
  });

  test('a source that fails is asked once, whatever the number of paths', async () => {
    const crlUrls = ['http://pki.example/between.crl'];
    const judged = await at.judgeOnline(await leafOf(between, { crlUrls }), [between, again]);
    expect(judged).toEqual(refused('trust/revocation-unknown', 'refused'));
    expect(at.fetched()).toEqual(crlUrls);
  });

  test('trust/revoked: not more than eight paths are tried', async () => {
    const keys = await keysOf('between');
    const revoked = await Promise.all(
      Array.from({ length: 8 }, () => authority(root, 'between', { keys })),
    );
    const options = { ...required, ...evidenceOf(listBy(root, ...revoked), listBy(between)) };
    const judged = await at.judge(leaf, [...revoked.slice(1), between], options);
    expect(judged.ok).toBe(true);
    expect(await at.judge(leaf, [...revoked, between], options)).toEqual(refused('trust/revoked'));
  });

  test('no more than 24 things are fetched, whatever the number of paths', async () => {
    const keys = await keysOf('between');
    const many = await Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        authority(root, 'between', {
          keys,
          crlUrls: [0, 1, 2, 3].map((each) => `http://pki.example/${number}-${each}.crl`),
        }),
      ),
    );
    const crlUrls = ['http://pki.example/leaf.crl'];
    const judged = await at.judgeOnline(await leafOf(between, { crlUrls }), many);
    expect(judged).toMatchObject({ ok: false, failure: { code: 'trust/revocation-unknown' } });
    expect(at.fetched()).toHaveLength(24);
  });

  describe('lists signed by another key of the authority', () => {
    let signer: Issued;
    let evidence: ReturnType<typeof evidenceOf>;
    beforeAll(async () => {
      const keys = await keysOf('crl signer');
      signer = await authority(root, 'between', { keys, keyUsage: ['cRLSign'] });
      evidence = evidenceOf(listBy(root), listBy(signer));
    });

    test('count where that key leads to the same anchor', async () => {
      const judged = await at.judge(leaf, [between, signer], { ...required, ...evidence });
      expect(valueOf(judged).revocation).toBe('good');
    });

    test('also where a policy is demanded of the certificate', async () => {
      const policies = { extraExtensions: [policiesExtension(['1.2.3'])] };
      const upper = await authority(root, 'between', policies);
      const under = await leafOf(upper, policies);
      const rules = {
        ...required.rules,
        explicitPolicy: true,
        initialPolicies: new Set(['1.2.3']),
      };
      const judged = valueOf(await at.judge(under, [upper, signer], { ...evidence, rules }));
      expect([judged.policies, judged.revocation]).toEqual([['1.2.3'], 'good']);
      const unfit = await at.judge(leaf, [between, signer], { ...evidence, rules });
      expect(unfit).toEqual(refused('trust/policy'));
    });

    test('also where the certificate is wanted for what its authorities do not speak of', async () => {
      const signerForMail = await authority(root, 'between', {
        keys: await keysOf('crl signer'),
        keyUsage: ['cRLSign'],
        extendedKeyUsage: [EMAIL_PROTECTION],
      });
      const usages = [SERVER_AUTH];
      const any = await leafOf(between, { extendedKeyUsage: usages });
      const options = { ...required, ...evidence, usages };
      expect((await at.judge(any, [between, signerForMail], options)).ok).toBe(true);
    });

    test('trust/revocation-unknown: it leads to another anchor, though a trusted one', async () => {
      const keys = await keysOf('crl signer');
      const foreign = await issueQuickly(other, {
        ca: true,
        name: 'between',
        keys,
        keyUsage: ['cRLSign'],
      });
      const judged = await at.judge(leaf, [between, foreign], {
        ...required,
        ...evidence,
        anchors: [read(root), read(other)],
      });
      expect(judged).toMatchObject(refused('trust/revocation-unknown', 'forged'));
    });
  });
});
