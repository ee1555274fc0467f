import { beforeAll, describe, expect, test } from '@jest/globals';
import { readCrl } from '../../../shared/trust/revocation/crl.ts';
import {
  crlBy,
  freshestExtension,
  minutesFromNow,
  pointsExtension,
  type ListOptions,
  type PointOptions,
  type ScopeOptions,
} from '../../support/crl.ts';
import {
  cachedAuthority,
  cachedKeys,
  COMMON_NAME,
  type Authority,
  type Extension,
  type Issued,
} from '../../support/pki.ts';
import { issueValid, judged, pathOf, read } from './world.ts';

const ADDRESS = 'dr@direct.example.org';
const HERE = 'http://lists.test/1.crl';
const ELSEWHERE = 'http://lists.test/2.crl';

let anchor: Authority;
beforeAll(async () => {
  anchor = await cachedAuthority();
});

const leafWith = (...extraExtensions: readonly Extension[]): Promise<Issued> =>
  issueValid(anchor, { address: ADDRESS, extraExtensions });

const leafAt = (...points: readonly PointOptions[]): Promise<Issued> =>
  leafWith(pointsExtension(points));

/** What lists by the anchor say of a certificate. @param revoking position of the one that lists it */
const said = (
  leaf: Issued,
  lists: readonly ListOptions[],
  revoking?: number,
  mode: 'hard-fail' | 'soft-fail' = 'hard-fail',
): Promise<string> =>
  judged(pathOf(leaf, anchor), {
    mode,
    crls: lists.map((list, at) =>
      crlBy(anchor, at === revoking ? { ...list, revoked: [entryOf(leaf)] } : list),
    ),
  });

const entryOf = ({ certificate }: Issued) => ({
  serial: Uint8Array.from(Buffer.from(read(certificate).serial, 'hex')),
  at: minutesFromNow(-600),
});

const scopes = (...all: readonly ScopeOptions[]): readonly ListOptions[] =>
  all.map((scope) => ({ scope }));

describe('a list for some points', () => {
  const relative = { type: COMMON_NAME, text: 'List 1' };
  const full = [{ type: COMMON_NAME, text: 'Test Anchor' }, relative];

  test.each<[string, string, PointOptions, ScopeOptions]>([
    ['good', 'a URL of the certificate', { urls: [HERE] }, { urls: [HERE] }],
    ['good', 'one of several URLs', { urls: [ELSEWHERE, HERE] }, { urls: ['http://x/', HERE] }],
    ['refused out-of-scope', 'another URL', { urls: [HERE] }, { urls: [ELSEWHERE] }],
    ['refused out-of-scope', 'a URL in other letters', { urls: [HERE] }, { urls: [`${HERE}#`] }],
    ['good', 'a directory name', { directory: full }, { directory: full }],
    ['good', 'the same in other letters', { directory: full }, { directory: shouted(full) }],
    [
      'refused out-of-scope',
      'another directory name',
      { directory: full },
      { directory: [relative] },
    ],
    ['good', 'a relative name', { relative }, { relative }],
    ['good', 'a relative name and a full one', { relative }, { directory: full }],
    ['good', 'a full name and a relative one', { directory: full }, { relative }],
    ['refused out-of-scope', 'a URL where a name is', { directory: full }, { urls: [HERE] }],
    ['good', 'the issuer of the certificate', { urls: [HERE] }, { directory: full.slice(0, 1) }],
    [
      'refused out-of-scope',
      'a point for which somebody else signs',
      { urls: [HERE], crlIssuer: full },
      { urls: [HERE] },
    ],
  ])('%s: %s', async (expected, _, point, scope) => {
    const leaf = await leafAt(point);
    expect(await said(leaf, scopes(scope))).toBe(expected);
    const revoked = expected === 'good' ? 'revoked' : expected;
    expect(await said(leaf, scopes(scope), 0)).toBe(revoked);
  });

  test('does not speak of a certificate that names none, unless it is for its issuer', async () => {
    const leaf = await leafWith();
    expect(await said(leaf, scopes({ urls: [HERE] }))).toBe('refused out-of-scope');
    expect(await said(leaf, scopes({ directory: full.slice(0, 1) }))).toBe('good');
  });

  test('speaks beside one for all', async () => {
    const leaf = await leafAt({ urls: [HERE] });
    expect(await said(leaf, [{}, ...scopes({ urls: [HERE] })])).toBe('good');
    expect(await said(leaf, [{}, ...scopes({ urls: [HERE] })], 1)).toBe('revoked');
    expect(await said(leaf, [{}, ...scopes({ urls: [ELSEWHERE] })], 1)).toBe('good');
  });
});

describe('a list for some certificates', () => {
  test.each([
    ['users', 'good', 'refused out-of-scope'],
    ['authorities', 'refused out-of-scope', 'good'],
    ['attributes', 'refused out-of-scope', 'refused out-of-scope'],
  ] as const)('only %s: %s of a user, %s of an authority', async (only, ofUser, ofAuthority) => {
    const leaf = await leafWith();
    expect(await said(leaf, scopes({ only }))).toBe(ofUser);
    const between = await issueValid(anchor, { name: 'Between', ca: true });
    expect(await said(between, scopes({ only }))).toBe(ofAuthority);
  });

  test('that says it is for two kinds at once cannot be read', () => {
    const value = Buffer.from(
      '30060101ff'.replace('0101ff', '8101ff8201ff').replace('3006', '3006'),
      'hex',
    );
    const scope = { oid: '2.5.29.28', critical: true, value };
    expect(readCrl(crlBy(anchor, { extraExtensions: [scope] })).ok).toBe(false);
  });
});

describe('lists for some reasons', () => {
  const SOME = [1, 2];
  const REST = [3, 4, 5, 6, 7, 8];

  test('say good only when there is one for every reason', async () => {
    const leaf = await leafWith();
    expect(await said(leaf, scopes({ reasons: SOME }))).toBe('refused some-reasons');
    expect(await said(leaf, scopes({ reasons: SOME }, { reasons: REST }))).toBe('good');
    const allButOne = scopes({ reasons: SOME }, { reasons: REST.slice(0, -1) });
    expect(await said(leaf, allButOne)).toBe('refused some-reasons');
  });

  test('say revoked when one of them lists the certificate', async () => {
    const leaf = await leafWith();
    for (const at of [0, 1]) {
      expect(await said(leaf, scopes({ reasons: SOME }, { reasons: REST }), at)).toBe('revoked');
    }
    expect(await said(leaf, scopes({ reasons: SOME }), 0, 'soft-fail')).toBe('revoked');
  });

  test('from points for some reasons speak of those only', async () => {
    const leaf = await leafAt(
      { urls: [HERE], reasons: SOME },
      { urls: [ELSEWHERE], reasons: REST },
    );
    expect(await said(leaf, scopes({ urls: [HERE] }))).toBe('refused some-reasons');
    expect(await said(leaf, scopes({ urls: [HERE] }, { urls: [ELSEWHERE] }))).toBe('good');
    const crossed = scopes({ urls: [HERE], reasons: REST }, { urls: [ELSEWHERE], reasons: SOME });
    expect(await said(leaf, crossed)).toBe('refused out-of-scope');
  });
});

describe('a list that is not processed wholly', () => {
  test('indirect: it revokes and never clears', async () => {
    const leaf = await leafWith();
    expect(await said(leaf, scopes({ isIndirect: true }))).toBe('refused unsupported');
    expect(await said(leaf, scopes({ isIndirect: true }), 0, 'soft-fail')).toBe('revoked');
    expect(await said(leaf, [{}, ...scopes({ isIndirect: true })])).toBe('good');
  });

  test('indirect, with an entry for the issuer of another certificate: it is useless', async () => {
    const leaf = await leafWith();
    const directory = Buffer.from(read(anchor.certificate).subject.der);
    const names = Buffer.concat([
      Buffer.of(0x30, directory.length + 2, 0xa4, directory.length),
      directory,
    ]);
    const issuer = { oid: '2.5.29.29', critical: true, value: names };
    const revoked = [{ ...entryOf(leaf), extraExtensions: [issuer] }];
    expect(await said(leaf, [{ scope: { isIndirect: true }, revoked }])).toBe(
      'refused unsupported',
    );
  });

  test('delta: it revokes and never clears', async () => {
    const leaf = await leafWith();
    expect(await said(leaf, [{ deltaOf: 1, number: 2 }])).toBe('refused unsupported');
    expect(await said(leaf, [{ deltaOf: 1, number: 2 }], 0, 'soft-fail')).toBe('revoked');
  });

  test('delta: beside it a full list clears nothing any more', async () => {
    const leaf = await leafWith();
    const lists = [{ number: 1 }, { deltaOf: 1, number: 2 }];
    expect(await said(leaf, lists)).toBe('refused unsupported');
    expect(await said(leaf, lists, 0)).toBe('revoked');
    expect(await said(leaf, lists, 1)).toBe('revoked');
    const over = { thisUpdate: minutesFromNow(-120), nextUpdate: minutesFromNow(-60) };
    expect(await said(leaf, [{ number: 1 }, { deltaOf: 1, number: 2, ...over }])).toBe(
      'refused unsupported',
    );
  });

  test('delta: it does not take a certificate off hold', async () => {
    const leaf = await leafWith();
    const hold = { revoked: [{ ...entryOf(leaf), reason: 6 }], number: 1 };
    const off = { revoked: [{ ...entryOf(leaf), reason: 8 }], deltaOf: 1, number: 2 };
    expect(await said(leaf, [hold, off])).toBe('revoked');
  });

  test('delta: one of other points, or a forged one, takes nothing from a full list', async () => {
    const leaf = await leafWith();
    const delta = { deltaOf: 1, number: 2 };
    expect(await said(leaf, [{}, { ...delta, scope: { urls: [ELSEWHERE] } }])).toBe('good');
    const impostor = { ...anchor, privateKey: (await cachedKeys('leaf')).privateKey };
    const crls = [crlBy(anchor), crlBy(impostor, { ...delta, revoked: [entryOf(leaf)] })];
    expect(await judged(pathOf(leaf, anchor), { crls })).toBe('good');
  });

  test('one that points to a delta list, or of a certificate that does: it never clears', async () => {
    const plain = await leafWith();
    expect(await said(plain, [{ hasFreshest: true }])).toBe('refused unsupported');
    expect(await said(plain, [{ hasFreshest: true }], 0)).toBe('revoked');
    const pointing = await leafWith(freshestExtension());
    expect(await said(pointing, [{}])).toBe('refused unsupported');
    expect(await said(pointing, [{}], 0)).toBe('revoked');
  });
});

function shouted(parts: readonly { type: string; text: string }[]) {
  return parts.map(({ type, text }) => ({ type, text: ` ${text.toUpperCase()} ` }));
}
