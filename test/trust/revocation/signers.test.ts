import { beforeAll, describe, expect, test } from '@jest/globals';
import { crlBy, minutesFromNow, pointsExtension } from '../../support/crl.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
  type IssueOptions,
} from '../../support/pki.ts';
import { issueValid, judged, pathOf, read } from './world.ts';

const ADDRESS = 'dr@direct.example.org';
const HERE = 'http://lists.test/1.crl';

let anchor: Authority;
beforeAll(async () => {
  anchor = await cachedAuthority();
});

const entryOf = ({ certificate }: Issued) => ({
  serial: Uint8Array.from(Buffer.from(read(certificate).serial, 'hex')),
  at: minutesFromNow(-600),
});

const signer = async (by: Authority, options: IssueOptions = {}): Promise<Authority> =>
  issueQuickly(by, {
    name: 'Issuer',
    ca: false,
    keyUsage: ['cRLSign'],
    keys: await cachedKeys('two'),
    ...options,
  });

describe('a list signed by another key of the issuer', () => {
  let issuer: Authority;
  let leaf: Issued;
  beforeAll(async () => {
    issuer = await issueQuickly(anchor, {
      name: 'Issuer',
      ca: true,
      keys: await cachedKeys('one'),
    });
    leaf = await issueValid(issuer, { address: ADDRESS });
  });

  test('counts when its certificate leads to the anchor and may sign lists', async () => {
    const two = await signer(anchor);
    const crls = [crlBy(anchor), crlBy(two)];
    expect(await judged(pathOf(leaf, issuer, anchor), { crls, signers: [two] })).toBe('good');
    expect(await judged(pathOf(leaf, issuer, anchor), { crls })).toBe('refused forged');
    const revoking = [crlBy(anchor), crlBy(two, { revoked: [entryOf(leaf)] })];
    expect(await judged(pathOf(leaf, issuer, anchor), { crls: revoking, signers: [two] })).toBe(
      'revoked',
    );
  });

  test('does not count when its certificate may not sign lists', async () => {
    const two = await signer(anchor, { keyUsage: ['digitalSignature'] });
    const crls = [crlBy(anchor), crlBy(two)];
    expect(await judged(pathOf(leaf, issuer, anchor), { crls, signers: [two] })).toBe(
      'refused forged',
    );
  });

  test('does not count when its certificate was revoked', async () => {
    const two = await signer(anchor);
    const crls = [crlBy(anchor, { revoked: [entryOf(two)] }), crlBy(two)];
    expect(await judged(pathOf(leaf, issuer, anchor), { crls, signers: [two] })).toBe(
      'refused doubtful-signer',
    );
  });

  test('does not count by its own word', async () => {
    // It is self-issued, so that it would be on its own list.
    const two = await signer(issuer, { extraExtensions: [pointsExtension([{ urls: [HERE] }])] });
    const crls = [crlBy(anchor), crlBy(two)];
    const path = pathOf(leaf, issuer, anchor);
    expect(await judged(path, { crls, signers: [two] })).toBe('refused doubtful-signer');
    const scope = { urls: [HERE] };
    const vouched = [...crls, crlBy(issuer, { scope })];
    expect(await judged(path, { crls: vouched, signers: [two] })).toBe('good');
    const revoking = [...crls, crlBy(issuer, { scope, revoked: [entryOf(two)] })];
    expect(await judged(path, { crls: revoking, signers: [two] })).toBe('refused doubtful-signer');
  });

  test('does not count when the one who issued its certificate was revoked', async () => {
    const between = await issueQuickly(anchor, {
      name: 'B',
      ca: true,
      keys: await cachedKeys('b'),
    });
    const two = await signer(between);
    const path = pathOf(leaf, issuer, anchor);
    const crls = [crlBy(two), crlBy(between)];
    const signers = [two, between];
    expect(await judged(path, { crls: [crlBy(anchor), ...crls], signers })).toBe('good');
    const revoking = crlBy(anchor, { revoked: [entryOf(between)] });
    expect(await judged(path, { crls: [revoking, ...crls], signers })).toBe(
      'refused doubtful-signer',
    );
  });

  test('does not count when that one was revoked and nothing is said of its own', async () => {
    const between = await issueQuickly(anchor, {
      name: 'B',
      ca: true,
      keys: await cachedKeys('b'),
    });
    const two = await signer(between);
    const path = pathOf(leaf, issuer, anchor);
    const signers = [two, between];
    expect(await judged(path, { crls: [crlBy(anchor), crlBy(two)], signers })).toBe('good');
    const crls = [crlBy(anchor, { revoked: [entryOf(between)] }), crlBy(two)];
    expect(await judged(path, { crls, signers })).toBe('refused doubtful-signer');
    // One that only has the name of the one who issued it, and its own key, changes nothing.
    const keys = await cachedKeys('other b');
    const namesake = await issueQuickly(anchor, { name: 'B', ca: true, keys });
    const vouching = [...crls, crlBy(namesake)];
    expect(await judged(path, { crls: vouching, signers: [...signers, namesake] })).toBe(
      'refused doubtful-signer',
    );
  });

  test('does not count when it stands below the certificate that it clears', async () => {
    const keys = await cachedKeys('below');
    const below = await issueQuickly(issuer, { name: 'Test Anchor', ca: true, keys });
    const end = await issueValid(below, { address: ADDRESS });
    const path = pathOf(end, below, issuer, anchor);
    const crls = [crlBy(issuer), crlBy(below)];
    expect(await judged(path, { crls })).toBe('refused doubtful-signer');
    expect(await judged(path, { crls: [...crls, crlBy(anchor)] })).toBe('good');
  });

  test('by certificates that vouch for one another in a circle is never believed', async () => {
    const [one, two] = await Promise.all([cachedKeys('circle 1'), cachedKeys('circle 2')]);
    const first = await issueQuickly(anchor, { name: 'Issuer', ca: true, keys: one });
    const second = await issueQuickly(first, { name: 'Issuer', ca: true, keys: two });
    const back = await issueQuickly(second, { name: 'Issuer', ca: true, keys: one });
    const crls = [crlBy(anchor), crlBy(second)];
    const signers = [second, back];
    expect(await judged(pathOf(leaf, issuer, anchor), { crls, signers })).toBe(
      'refused doubtful-signer',
    );
  });
});
