import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { octetChunks, oidOf, readBer, smallIntegerOf } from '../../../shared/trust/cms/ber.ts';
import { der, derOid, derSetOf } from '../../../shared/trust/cms/der.ts';
import { cases } from '../../support/counts.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const octetsOf = (text: string): string | undefined => {
  const value = readBer(hex(text));
  const chunks = value && octetChunks(value);
  return chunks && Buffer.concat(chunks).toString('hex');
};

/** That many values in all. @param each of it */
const values = (count: number, each = '0406000000000000'): Buffer =>
  Buffer.concat([
    hex('3080'),
    Buffer.alloc(((count - 1) * each.length) / 2, each, 'hex'),
    hex('0000'),
  ]);

describe('a BER value', () => {
  test.each([
    ['in one piece', '0403 010203', '010203'],
    ['with a longer length than it needs', '0483000003 010203', '010203'],
    ['in pieces, definite', '2407 0401 01 0402 0203', '010203'],
    ['in pieces, indefinite', '2480 0401 01 0402 0203 0000', '010203'],
    ['in pieces of pieces', '2480 2480 0401 01 0000 2404 0402 0203 0000', '010203'],
    ['of a context tag', 'a080 0401 01 0000', '01'],
    ['that is empty', '2480 0000', ''],
  ])('is a string of octets %s', (_, text, expected) => {
    expect(octetsOf(text)).toBe(expected);
  });

  test.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['too few octets', '0403 0102'],
    ['too many octets', '0401 0102'],
    ['a part that is longer than the whole', '3003 0403 010203'],
    ['an indefinite length of a primitive', '0480 01 0000'],
    ['an indefinite length without an end', '3080 0401 01'],
    ['an end of one octet', '3080 00'],
    ['a length of six octets', '0486 000000000001 01'],
    ['a tag number above 30', '1f81 01 00'],
    ['32 levels below the first', `${'3080'.repeat(33)}${'0000'.repeat(33)}`],
  ])('is refused: %s', (_, text) => {
    expect(readBer(hex(text))).toBeUndefined();
  });

  test('is read 32 levels deep', () => {
    expect(readBer(hex(`${'3080'.repeat(32)}${'0000'.repeat(32)}`))).toBeDefined();
  });

  test('is read when it holds 100,000 values, and refused when it holds more', () => {
    expect(readBer(values(100_000))?.children).toHaveLength(99_999);
    expect(readBer(values(100_001))).toBeUndefined();
  });

  test('is read when it has a value in eight bytes besides a thousand, and refused when it has more', () => {
    expect(readBer(values(1_333, '0500'))).toBeDefined();
    expect(readBer(values(1_340, '0500'))).toBeUndefined();
  });

  test('is no string of octets when it holds something else', () => {
    expect(octetsOf('2403 020101')).toBeUndefined();
  });

  test('that was written is read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), (bytes) => {
        const value = readBer(der(0x30, der(0x04, bytes)));

        expect(Buffer.compare(value!.children[0]!.content, bytes)).toBe(0);
      }),
      { numRuns: cases(20) },
    );
  });
});

describe('an object identifier', () => {
  test.each([
    '1.2.840.113549.1.7.3',
    '2.16.840.1.101.3.4.1.42',
    '2.5.29.14',
    '0.9.2342',
    '2.999.1',
  ])('%s is written and read', (dotted) => {
    expect(oidOf(readBer(derOid(dotted)))).toBe(dotted);
  });

  test('is written as openssl does', () => {
    expect(Buffer.from(derOid('1.2.840.113549.1.7.3')).toString('hex')).toBe(
      '06092a864886f70d010703',
    );
  });

  test.each(['0401 2a', '0600', '0602 2a86'])('is none: %s', (text) => {
    expect(oidOf(readBer(hex(text)))).toBe('');
  });
});

test.each([
  ['0201 0c', 12],
  ['0202 00de', 222],
  ['0201 ff', undefined],
  ['0203 010000', undefined],
  ['0401 0c', undefined],
])('a small integer: %s is %s', (text, expected) => {
  expect(smallIntegerOf(readBer(hex(text))!)).toBe(expected);
});

test('a set is written in the order of its encodings', () => {
  expect(
    Buffer.from(derSetOf([hex('0201 02'), hex('0401 00'), hex('0201 01')])).toString('hex'),
  ).toBe('3109020101020102040100');
});

describe('values that are left shut', () => {
  const inside = { insideTag: 0xa0, insideLevel: 1 };

  test('have no children, and need not be well formed', () => {
    const value = readBer(hex('3006 a004 3002 ffff'), inside);
    expect(value?.children[0]?.children).toMatchObject([{ tag: 0x30, children: [] }]);
    expect(readBer(hex('3006 a004 3002 ffff'))).toBeUndefined();
  });

  test('are opened when only an end of theirs says how long they are', () => {
    expect(readBer(hex('3008 a006 3080 0500 0000'), inside)?.children[0]?.children).toMatchObject([
      { tag: 0x30, children: [{ tag: 5 }] },
    ]);
  });

  test('are those at that level, in a value with that tag', () => {
    expect(readBer(hex('3006 a104 3002 ffff'), inside)).toBeUndefined();
    expect(readBer(hex('3008 3006 a004 3002 ffff'), inside)).toBeUndefined();
  });

  test('still have to end where what they are in ends', () => {
    expect(readBer(hex('3006 a004 3003 ffff'), inside)).toBeUndefined();
  });
});
