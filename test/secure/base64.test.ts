import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { Base64Body, base64Windows, linesLength } from '../../shared/secure/mime/base64.ts';
import { decodeBase64 } from '../../shared/secure/mime/decode-base64.ts';
import { decodeTransfer } from '../../shared/secure/mime/transfer-encoding.ts';
import { cases } from '../support/counts.ts';
import { bytesOf } from './support/bytes-of.ts';

const reference = (bytes: Uint8Array): string =>
  (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  )
    .map((line) => `${line}\r\n`)
    .join('');

function written(
  head: string,
  sizeBytes: number,
  chunks: readonly Uint8Array[],
  tail = '',
): string {
  const body = new Base64Body(head, sizeBytes, tail);
  for (const chunk of chunks) body.write(chunk);
  return body.end().toString('latin1');
}

describe('base64 in lines', () => {
  test('is what Node writes, cut at 76, however the bytes come in and wherever they begin', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        chunks,
        fc.constantFrom('', 'x', 'xy'),
        fc.constantFrom('', 'end'),
        (parts, head, tail) => {
          const bytes = Buffer.concat(parts);

          expect(written(head, bytes.length, parts, tail)).toBe(
            `${head}${reference(bytes)}${tail}`,
          );
        },
      ),
      { numRuns: cases(100) },
    );
  });

  test('is not written when the size was announced wrong', () => {
    expect(() => written('', 56, [Buffer.alloc(58)])).toThrow('announced');
    expect(() => written('', 3, [Buffer.alloc(1)])).toThrow('announced');
    expect(() => written('', 200, [Buffer.alloc(100)])).toThrow('announced');
  });

  test.each([0, 1, 56, 57, 113, 114, 115, 228, 58_368, 58_369, 58_482, 200_000])(
    'is the same in windows, of %i bytes',
    (sizeBytes) => {
      const bytes = randomBytes(sizeBytes);
      const windows = { sizeBytes, [Symbol.iterator]: () => base64Windows(bytes) };

      expect(bytesOf(windows).toString('latin1')).toBe(reference(bytes));
      expect(linesLength(sizeBytes)).toBe(reference(bytes).length);
    },
  );

  test('is read back whatever the line length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 90 }),
        (bytes, width) => {
          const lines =
            Buffer.from(bytes)
              .toString('base64')
              .match(new RegExp(`.{1,${width}}`, 'g')) ?? [];

          expect(Buffer.from(decodeBase64(Buffer.from(lines.join('\r\n ')))!)).toEqual(
            Buffer.from(bytes),
          );
        },
      ),
      { numRuns: cases(100) },
    );
  });

  test.each([
    'QUJ',
    'QQ=',
    'Q',
    'Q===',
    '====',
    'QUJD=',
    'QQ==QQ==',
    'QU-D',
    'QU\u0000D',
    'QUJD\u00a0',
  ])('is refused when it is not base64: %j', (text) => {
    expect(decodeBase64(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});

describe('quoted-printable', () => {
  test.each([
    ['a=3Db=20', 'a=b '],
    ['soft=\r\nbreak=\nhere=  \r\n!', 'softbreakhere!'],
    ['blanks \t\r\nat ends  ', 'blanks\r\nat ends'],
    ['=zz= =', '=zz= ='],
    ['Gr=C3=BC=c3=9fe', 'Grüße'],
  ])('reads %j', (text, expected) => {
    expect(Buffer.from(decodeTransfer(Buffer.from(text), 'Quoted-Printable')!).toString()).toBe(
      expected,
    );
  });

  test('takes time in proportion to its length', () => {
    const body = Buffer.from(`${' '.repeat(3_000_000)}x`);
    const started = performance.now();

    expect(decodeTransfer(body, 'quoted-printable')).toHaveLength(body.length);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
