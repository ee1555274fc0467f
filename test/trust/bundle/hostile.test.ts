import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cases } from '../../support/counts.ts';
import { bytesLike, LONG_MS, mutationsOf } from '../../support/mutations.ts';
import { armoured, loosened, p7m } from './support/bundles.ts';
import {
  bundleWorld,
  certificateOf,
  codeOf,
  namesIn,
  read,
  type BundleWorld,
} from './support/world.ts';

let world: BundleWorld;
beforeAll(async () => {
  world = await bundleWorld();
});

const CODE = /^(read|trust\/bundle-(malformed|unsigned|wrong-signer|bad-signature|weak))$/;

const UNCHANGED = /^(One,Two|trust\/bundle-.+)$/;

describe('bytes that somebody changed', () => {
  test(
    'are read or refused with a code, and nothing is thrown',
    () => {
      const { plain, publisher } = world;
      const shapes = [plain, loosened(plain), armoured(plain), p7m(plain, publisher)];
      const bytes = fc.oneof(...shapes.map((each) => bytesLike(each)));
      fc.assert(
        fc.property(bytes, (changed) => {
          expect(codeOf(read(changed))).toMatch(CODE);
        }),
        { numRuns: cases(1000) },
      );
    },
    LONG_MS,
  );

  test(
    'never bring another anchor where a signer is asked for',
    () => {
      const { plain, publisher } = world;
      const signer = certificateOf(publisher);
      fc.assert(
        fc.property(mutationsOf(p7m(plain, publisher)), (changed) => {
          const outcome = read(changed, { signer });
          expect(outcome.ok ? namesIn(outcome).join() : codeOf(outcome)).toMatch(UNCHANGED);
        }),
        { numRuns: cases(1000) },
      );
    },
    LONG_MS,
  );
});

describe('five megabytes made to cost time', () => {
  const MOST = 5_000_000;

  test.each([
    ['openings without an end', () => Buffer.alloc(MOST, Buffer.from('3080', 'hex'))],
    ['nulls in a sequence', () => framed(Buffer.alloc(MOST - 10, Buffer.from('0500', 'hex')))],
    ['openings of armour', () => Buffer.alloc(MOST, '-----BEGIN CMS-----A')],
    ['armour around nothing but blanks', () => Buffer.alloc(MOST, '-----BEGIN CMS-----\n    ')],
    ['hyphens', () => Buffer.alloc(MOST, '-')],
  ])('are refused: %s', (_, make) => {
    expect(codeOf(read(make()))).toBe('trust/bundle-malformed');
  });
});

/** In a SEQUENCE with a length of four octets. */
function framed(content: Buffer): Buffer {
  const head = Buffer.from('308400000000', 'hex');
  head.writeUInt32BE(content.length, 2);
  return Buffer.concat([head, content]);
}
