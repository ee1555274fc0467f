import { describe, expect, test } from '@jest/globals';
import { gather } from '../../../shared/adapters/outbound/gather.ts';

describe('gathering pieces', () => {
  test.each([0, 1, 16_383, 16_384, 16_385, 40_000, 100_000])(
    '%i octets, one by one, come together as they were',
    (count) => {
      const gathering = gather(100_000);
      const octets = Uint8Array.from({ length: count }, (_, index) => index % 251);
      expect(octets.every((octet) => gathering.add(Uint8Array.of(octet)))).toBe(true);
      expect(Buffer.from(gathering.bytes()).equals(octets)).toBe(true);
    },
  );

  test.each([0, 1, 20_000, 40_000, 90_000, 200_000, Number.NaN])(
    'comes to the same when %i octets are announced, be that true or not',
    (announced) => {
      const gathering = gather(100_000, announced);
      const octets = Uint8Array.from({ length: 40_000 }, (_, index) => index % 251);
      for (let at = 0; at < octets.length; at += 7000) {
        expect(gathering.add(octets.subarray(at, at + 7000))).toBe(true);
      }
      const bytes = gathering.bytes();
      expect(Buffer.from(bytes).equals(octets)).toBe(true);
      expect(bytes.buffer.byteLength).toBe(40_000);
    },
  );

  test('a piece that is larger than everything before it', () => {
    const gathering = gather(1_000_000);
    gathering.add(Uint8Array.of(1));
    expect(gathering.add(new Uint8Array(900_000))).toBe(true);
    expect(gathering.bytes()).toHaveLength(900_001);
  });

  test('one octet too many is not taken', () => {
    const gathering = gather(3);
    expect(gathering.add(new Uint8Array(3))).toBe(true);
    expect(gathering.add(new Uint8Array(0))).toBe(true);
    expect(gathering.add(new Uint8Array(1))).toBe(false);
    expect(gather(0).add(new Uint8Array(1))).toBe(false);
  });
});
