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
