import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DirectAddress } from '../../shared/ids.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { readCertificate, type Certificate } from '../../shared/trust/certificate.ts';
import { trust } from '../../shared/trust/trust.ts';
import { cases } from '../support/counts.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org' as DirectAddress;

let anchors: readonly Certificate[];
let good: Uint8Array;
beforeAll(async () => {
  const authority = await cachedAuthority();
  anchors = anchorsOf({ anchors: [authority.certificatePem] });
  good = (await issueQuickly(authority, { address: ADDRESS, organization: 'Clinic' })).certificate;
});

async function isTrusted(certificate: Uint8Array): Promise<boolean> {
  const context = { anchors, now: new Date() };
  return (await trust(ADDRESS, [certificate], 'encryption', context)).outcome.ok;
}

describe('bytes that somebody changed', () => {
  test('are never trusted, whichever bit it was', async () => {
    expect(await isTrusted(good)).toBe(true);
    const forged: string[] = [];
    for (let at = 0; at < good.length; at++) {
      for (const bit of [0x01, 0x20, 0x80]) {
        const copy = Uint8Array.from(good);
        copy[at]! ^= bit;
        if (await isTrusted(copy)) forged.push(`${at}:${bit}`);
      }
    }
    expect(forged).toEqual([]);
  });

  test('are never trusted when something was put in, taken out or put behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length }),
        fc.nat({ max: 6 }),
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        async (at, dropped, added) => {
          const changed = Buffer.concat([
            good.subarray(0, at),
            added,
            good.subarray(Math.min(at + dropped, good.length)),
          ]);
          return Buffer.from(good).equals(changed) || !(await isTrusted(changed));
        },
      ),
      { numRuns: cases(1000) },
    );
  });

  test('never make the reader throw', () => {
    const prefix = fc.constantFrom([], [0x30], [0x30, 0x82], [0x30, 0x80], [0x30, 0x83, 0xff]);
    fc.assert(
      fc.property(prefix, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        expect(readCertificate(Uint8Array.from([...start, ...rest]))).toEqual({
          ok: false,
          failure: { code: 'trust/malformed' },
        });
      }),
      { numRuns: cases(1000) },
    );
  });
});

describe('bytes that are too many or too deep', () => {
  test.each<[string, () => Uint8Array]>([
    ['64 kB and one', () => new Uint8Array(65_537).fill(0x30)],
    ['sequences within sequences', () => nested(5000)],
    ['a length of four octets', () => Uint8Array.of(0x30, 0x84, 0, 0, 0, 0)],
    ['a length that is not the shortest', () => Uint8Array.of(0x30, 0x81, 2, 5, 0)],
    ['the indefinite length of BER', () => Uint8Array.of(0x30, 0x80, 5, 0, 0, 0)],
  ])('trust/malformed: %s', (_, make) => {
    const bytes = make();
    const startedMs = performance.now();
    expect(readCertificate(bytes).ok).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});

function nested(depth: number): Uint8Array {
  let der = Buffer.of(5, 0);
  for (let at = 0; at < depth; at++) {
    const { length } = der;
    const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255];
    der = Buffer.concat([Buffer.from([0x30, ...(length < 0x80 ? [length] : long)]), der]);
  }
  return der;
}
