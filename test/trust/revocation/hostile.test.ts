import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fail } from '../../../shared/outcome.ts';
import { writeDer } from '../../../shared/trust/der.ts';
import type { Path } from '../../../shared/trust/path/path.ts';
import { readCrl } from '../../../shared/trust/revocation/crl.ts';
import { readOcspResponse } from '../../../shared/trust/revocation/ocsp-response.ts';
import { checkRevocation } from '../../../shared/trust/revocation/revocation.ts';
import { cases } from '../../support/counts.ts';
import { crlBy, longCrlBy, longSerial, NOW } from '../../support/crl.ts';
import { LONG_MS, mutationsOf } from '../../support/mutations.ts';
import { ocspBy } from '../../support/ocsp.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Extension,
} from '../../support/pki.ts';
import { contextOf, issueValid, judged, pathOf, VALID, valueOf } from './world.ts';

let anchor: Authority;
let path: Path;
let list: Uint8Array;
let answer: Uint8Array;
beforeAll(async () => {
  anchor = await cachedAuthority();
  const leaf = await issueValid(anchor, { address: 'dr@direct.example.org' });
  path = pathOf(leaf, anchor);
  const serial = Uint8Array.from(Buffer.from(path[0].serial, 'hex'));
  const scope = { reasons: [1, 2, 3, 4, 5, 6, 7, 8] };
  list = crlBy(anchor, { scope, revoked: [{ serial, at: NOW, reason: 1 }] });
  const signer = await issueQuickly(anchor, {
    ...VALID,
    name: 'Responder',
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'],
    keys: await cachedKeys('responder'),
  });
  answer = ocspBy(anchor, {
    answers: [{ about: leaf.certificate, status: 'revoked' }],
    signer,
    certificates: [signer.certificate],
  });
});

const MALFORMED = fail('trust/revocation-unknown', 'malformed');

/** What only evidence may say that is as it was. */
const CLAIMS = ['good', 'trust/revoked'];

/** What evidence says that somebody changed, or that it cannot be read. */
async function said(crl: Uint8Array | undefined, ocsp: Uint8Array | undefined): Promise<string> {
  const [crls, responses] = [crl && readCrl(crl), ocsp && readOcspResponse(ocsp)];
  const evidence = {
    crls: crls?.ok ? [crls.value] : [],
    ocsp: responses?.ok ? [responses.value] : [],
  };
  const { outcome } = await checkRevocation(path, { ...contextOf({}), evidence });
  return outcome.ok ? outcome.value : outcome.failure.code;
}

describe('evidence that somebody changed', () => {
  test('says nothing, whichever bit of a list it was', async () => {
    expect(await said(list, undefined)).toBe('trust/revoked');
    const believed: number[] = [];
    for (let at = 0; at < list.length * 8; at++) {
      const copy = Uint8Array.from(list);
      copy[at >> 3]! ^= 1 << (at & 7);
      if (CLAIMS.includes(await said(copy, undefined))) believed.push(at);
    }
    expect(believed).toEqual([]);
  });

  test('never says good of what was revoked, whichever bit of an answer it was', async () => {
    expect(await said(undefined, answer)).toBe('trust/revoked');
    const believed: number[] = [];
    for (let at = 0; at < answer.length; at++) {
      const copy = Uint8Array.from(answer);
      copy[at]! ^= 1 << (at % 8);
      if ((await said(undefined, copy)) === 'good') believed.push(at);
    }
    expect(believed).toEqual([]);
  });

  test(
    'never says good of what was revoked, and never throws, however it was changed',
    async () => {
      await fc.assert(
        fc.asyncProperty(mutationsOf(list), mutationsOf(answer), async (crl, ocsp) => {
          expect(await said(crl, undefined)).not.toBe('good');
          expect(await said(undefined, ocsp)).not.toBe('good');
        }),
        { numRuns: cases(2000) },
      );
    },
    LONG_MS,
  );
});

describe('a list in which there is more than belongs into one', () => {
  test('cannot be read: around its entries', () => {
    expect(readCrl(crlBy(anchor, { extraExtensions: [extension(60_000)] })).ok).toBe(true);
    expect(readCrl(crlBy(anchor, { extraExtensions: [extension(66_000)] }))).toEqual(MALFORMED);
  });

  test('cannot be read: in one of its entries', () => {
    const entry = { serial: Uint8Array.of(1), at: NOW };
    for (const [bytes, ok] of [
      [4000, true],
      [5000, false],
    ] as const) {
      const revoked = [{ ...entry, extraExtensions: [extension(bytes)] }];
      expect(readCrl(crlBy(anchor, { revoked })).ok).toBe(ok);
    }
  });

  test('cannot be read, nor fills the memory: nothing but elements', () => {
    const many = Buffer.alloc(4_000_000, Uint8Array.of(0x30, 0));
    const lists = [writeDer(0x30, many), writeDer(0x30, writeDer(0x30, many))];
    const before = process.memoryUsage().rss;
    for (const bytes of lists) expect(readCrl(bytes)).toEqual(MALFORMED);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('a list of a hundred thousand', () => {
  const COUNT = 100_000;

  test('is kept as the bytes that it is', async () => {
    const bytes = longCrlBy(anchor, COUNT);
    const crl = valueOf(readCrl(bytes));
    expect(crl.entries.buffer).toBe(bytes.buffer);
    expect(crl.entries.length).toBeGreaterThan(30 * COUNT);
  });

  test('lists its first, its last and no other', async () => {
    const crls = [longCrlBy(anchor, COUNT)];
    for (const [at, expected] of [
      [0, 'revoked'],
      [COUNT - 1, 'revoked'],
      [COUNT, 'good'],
    ] as const) {
      const leaf = await issueValid(anchor, { name: 'Dr', serial: longSerial(at) });
      expect(await judged(pathOf(leaf, anchor), { crls })).toBe(expected);
    }
  });

  test('ends when signatures are all that is wrong with a hundred of them', async () => {
    const impostor = { ...anchor, privateKey: (await cachedKeys('leaf')).privateKey };
    const crls = Array.from({ length: 120 }, (_, number) => crlBy(impostor, { number }));
    expect(await judged(path, { crls: [...crls, crlBy(anchor)] })).toBe('refused too-costly');
  });
});

function extension(bytes: number): Extension {
  return { oid: '1.2.3.4', value: new Uint8Array(bytes) };
}
