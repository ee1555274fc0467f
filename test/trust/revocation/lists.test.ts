import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Path } from '../../../shared/trust/path/path.ts';
import { readCrl } from '../../../shared/trust/revocation/crl.ts';
import { crlBy, minutesFromNow, type ListOptions } from '../../support/crl.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  withBrokenSignature,
  type Authority,
  type Extension,
} from '../../support/pki.ts';
import { issueValid, judged, pathOf, read, valueOf } from './world.ts';

const DAY_MINUTES = 24 * 60;
const UNKNOWN_CRITICAL: Extension = { oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) };

let anchor: Authority;
let other: Authority;
let path: Path;
let listed: ListOptions;
let elsewhere: ListOptions;
beforeAll(async () => {
  anchor = await cachedAuthority();
  other = await cachedAuthority('Other Anchor');
  path = pathOf(await issueValid(anchor, { address: 'dr@direct.example.org' }), anchor);
  listed = { revoked: [entryOf(path[0].serial)] };
  elsewhere = { revoked: [entryOf('4711'), entryOf(`00${'ff'.repeat(19)}`), entryOf('80')] };
});

const entryOf = (serial: string) => ({
  serial: Uint8Array.from(Buffer.from(serial, 'hex')),
  at: minutesFromNow(-600),
});

const byAnchor = (...lists: readonly ListOptions[]): Promise<string> =>
  judged(path, { crls: lists.map((list) => crlBy(anchor, list)) });

describe('a revocation list', () => {
  test('that does not list the certificate says good, and one that does revoked', async () => {
    expect(await byAnchor({})).toBe('good');
    expect(await byAnchor(elsewhere)).toBe('good');
    expect(await byAnchor(listed)).toBe('revoked');
  });

  test.each<[string, string, ListOptions]>([
    ['refused stale', 'is over by a second', { nextUpdate: minutesFromNow(-1 / 60) }],
    ['good', 'ends this second', { nextUpdate: minutesFromNow(0) }],
    ['refused stale', 'does not say when the next comes', { nextUpdate: false }],
    ['refused premature', 'is of tomorrow', { thisUpdate: minutesFromNow(DAY_MINUTES) }],
    ['good', 'is by a clock that is ahead by minutes', { thisUpdate: minutesFromNow(4) }],
    ['refused premature', 'is by a clock that is further ahead', { thisUpdate: minutesFromNow(6) }],
    ['good', 'ends in a time of four digits', { nextUpdate: new Date('2051-01-01T00:00:00Z') }],
    ['refused stale', 'ended before 2000', window('1998-01-01', '1999-01-01')],
    ['good', 'began before 2000', window('1999-12-31', '2030-01-01')],
    ['refused weak', 'is signed with SHA-1', { hash: 'sha1' }],
    ['refused weak', 'is signed with MD5', { hash: 'md5' }],
    ['good', 'is signed with PSS', { pss: true, hash: 'sha512' }],
    ['refused unsupported', 'has an unknown critical extension', having(UNKNOWN_CRITICAL)],
    ['good', 'has an unknown extension', having({ ...UNKNOWN_CRITICAL, critical: false })],
  ])('%s: one that %s', async (expected, _, list) => {
    expect(await byAnchor(list)).toBe(expected);
  });

  test('with SHA-1 counts where the rules allow it, and with MD5 never', async () => {
    const crls = [crlBy(anchor, { hash: 'sha1' })];
    expect(await judged(path, { crls, allowSha1: true })).toBe('good');
    const older = [crlBy(anchor, { hash: 'md5' })];
    expect(await judged(path, { crls: older, allowSha1: true })).toBe('refused weak');
  });

  test('that is forged proves nothing, whatever it lists', async () => {
    const crls = [withBrokenSignature(crlBy(anchor, listed))];
    expect(await judged(path, { crls })).toBe('refused forged');
    expect(await judged(path, { crls: [...crls, crlBy(anchor)] })).toBe('good');
  });

  test('by somebody else is not heard', async () => {
    expect(await judged(path, { crls: [crlBy(other, listed)] })).toBe('not-named');
  });

  test('by somebody who took the name of the issuer is forged', async () => {
    const impostor = { ...anchor, privateKey: other.privateKey };
    expect(await judged(path, { crls: [crlBy(impostor)] })).toBe('refused forged');
    expect(await judged(path, { crls: [crlBy(impostor, listed), crlBy(anchor)] })).toBe('good');
  });

  test('in the name of the issuer by one above it is forged', async () => {
    const keys = await cachedKeys('intermediate');
    const issuer = await issueQuickly(anchor, { name: 'Issuer', ca: true, keys });
    const leaf = await issueValid(issuer, { address: 'dr@direct.example.org' });
    const crls = [crlBy({ ...issuer, privateKey: anchor.privateKey }), crlBy(anchor)];
    expect(await judged(pathOf(leaf, issuer, anchor), { crls })).toBe('refused forged');
  });

  test('by an issuer that may not sign lists does not count', async () => {
    const keys = await cachedKeys('intermediate');
    for (const [keyUsage, expected] of [
      [['keyCertSign'], 'refused forged'],
      [['keyCertSign', 'cRLSign'], 'good'],
      [[], 'good'],
    ] as const) {
      const issuer = await issueQuickly(anchor, { name: 'Issuer', ca: true, keys, keyUsage });
      const leaf = await issueValid(issuer, { address: 'dr@direct.example.org' });
      const crls = [crlBy(issuer), crlBy(anchor)];
      expect(await judged(pathOf(leaf, issuer, anchor), { crls })).toBe(expected);
    }
  });

  test('of a curve is verified as well', async () => {
    const keys = await cachedKeys('curve', { ec: 'P-384' });
    const issuer = await issueQuickly(anchor, { name: 'Curve', ca: true, keys });
    const leaf = await issueValid(issuer, { address: 'dr@direct.example.org' });
    const crls = [crlBy(issuer, { hash: 'sha384' }), crlBy(anchor)];
    expect(await judged(pathOf(leaf, issuer, anchor), { crls })).toBe('good');
  });
});

describe('an entry', () => {
  test.each<[string, number | undefined]>([
    ['revoked', undefined],
    ['revoked', 0],
    ['revoked', 1],
    ['revoked', 6],
    ['revoked', 99],
    ['good', 8],
  ])('%s: for reason %p', async (expected, reason) => {
    const entry = entryOf(path[0].serial);
    const revoked = [entryOf('01'), reason === undefined ? entry : { ...entry, reason }];
    expect(await byAnchor({ revoked })).toBe(expected);
  });

  test('that takes back another does not take back a second one of the same number', async () => {
    const entry = entryOf(path[0].serial);
    expect(await byAnchor({ revoked: [{ ...entry, reason: 8 }, entry] })).toBe('revoked');
  });

  test('with a date to come revokes', async () => {
    const revoked = [{ ...entryOf(path[0].serial), at: minutesFromNow(DAY_MINUTES) }];
    expect(await byAnchor({ revoked })).toBe('revoked');
  });

  test('with an unknown critical extension makes the whole list useless', async () => {
    const extraExtensions = [UNKNOWN_CRITICAL];
    const revoked = [{ ...entryOf('01'), extraExtensions }, entryOf(path[0].serial)];
    expect(await byAnchor({ revoked })).toBe('refused unsupported');
    const notCritical = [{ ...UNKNOWN_CRITICAL, critical: false }];
    const ignored = [{ ...entryOf('01'), reason: 1, extraExtensions: notCritical }];
    expect(await byAnchor({ revoked: ignored })).toBe('good');
  });

  test.each([
    ['negative', 'ff'],
    ['negative and long', `80${'00'.repeat(19)}`],
    ['of one octet', '7f'],
    ['with its sign in front', '00ff'],
    ['of twenty octets', `7${'f'.repeat(39)}`],
    ['of twenty-one', `00${'ff'.repeat(20)}`],
  ])('is found by a serial number that is %s', async (_, hex) => {
    const serial = Uint8Array.from(Buffer.from(hex, 'hex'));
    const leaf = await issueValid(anchor, { address: 'dr@direct.example.org', serial });
    expect(read(leaf.certificate).serial).toBe(hex);
    const crls = [crlBy(anchor, { revoked: [entryOf('0abc'), entryOf(hex), entryOf('0def')] })];
    expect(await judged(pathOf(leaf, anchor), { crls })).toBe('revoked');
    const near = [crlBy(anchor, { revoked: [entryOf(`${hex}00`), entryOf(`01${hex}`)] })];
    expect(await judged(pathOf(leaf, anchor), { crls: near })).toBe('good');
  });

  test('whose number is not as short as it can be makes the list unreadable', () => {
    for (const hex of ['0001', 'ff80']) {
      const list = crlBy(anchor, { revoked: [entryOf(hex)] });
      expect(readCrl(list)).toMatchObject({ failure: { detail: 'malformed' } });
    }
  });
});

describe('several lists', () => {
  test('of one scope by one key: the newest counts', async () => {
    const older = { ...listed, thisUpdate: minutesFromNow(-120), number: 1 };
    expect(await byAnchor(older, { number: 2 })).toBe('good');
    expect(await byAnchor({ number: 2 }, older)).toBe('good');
    expect(await byAnchor({ ...older, revoked: [] }, { ...listed, number: 2 })).toBe('revoked');
  });

  test('that do not agree which is newer: one that revokes is enough', async () => {
    const older = { ...listed, thisUpdate: minutesFromNow(-120), number: 3 };
    expect(await byAnchor(older, { number: 2 })).toBe('revoked');
    expect(await byAnchor({ ...listed, number: 2 }, { number: 2 })).toBe('revoked');
  });

  test('by two keys of one name: one that revokes is enough, however old', async () => {
    const keys = await cachedKeys('second key');
    const second = await issueQuickly(anchor, { name: 'Test Anchor', ca: true, keys });
    const older = crlBy(anchor, { ...listed, thisUpdate: minutesFromNow(-120), number: 1 });
    const crls = [older, crlBy(second, { number: 2 })];
    expect(await judged(path, { crls, signers: [second] })).toBe('revoked');
  });

  test('one of which is not current: it does not count', async () => {
    const over = { thisUpdate: minutesFromNow(-120), nextUpdate: minutesFromNow(-60) };
    expect(await byAnchor({ ...listed, ...over }, {})).toBe('good');
    expect(await byAnchor(over, listed)).toBe('revoked');
  });
});

describe('reading a list', () => {
  test.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['a certificate', () => anchor.certificate],
    ['something behind it', () => Buffer.concat([crlBy(anchor), Uint8Array.of(0)])],
    ['less than all of it', () => crlBy(anchor).subarray(0, -1)],
  ])('is refused: %s', (_, make) => {
    expect(readCrl(make())).toEqual({
      ok: false,
      failure: { code: 'trust/revocation-unknown', detail: 'malformed' },
    });
  });

  test('is refused when it is larger than five megabytes', () => {
    expect(readCrl(new Uint8Array(5 * 1024 * 1024 + 1))).toMatchObject({
      failure: { detail: 'too-large' },
    });
  });

  test('tells its number, window and issuer', () => {
    const crl = valueOf(readCrl(crlBy(anchor, { number: 7 })));
    expect(crl.number).toBe(7n);
    expect(crl.thisUpdate).toEqual(minutesFromNow(-60));
    expect(crl.issuer.comparable).toBe(path[1]!.subject.comparable);
    expect(crl.authorityKeyId).toBe(path[1]!.subjectKeyId);
  });
});

function window(from: string, to: string): ListOptions {
  return { thisUpdate: new Date(from), nextUpdate: new Date(to) };
}

function having(extension: Extension): ListOptions {
  return { extraExtensions: [extension] };
}
