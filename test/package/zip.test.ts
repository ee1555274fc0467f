import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { unzipSync } from 'fflate';
import { zip } from '../../shared/package/zip.ts';
import { cases } from '../support/counts.ts';
import { zipOf, type File } from './zip-of.ts';

const AT = new Date('2026-03-03T10:11:13Z');
const file = (name: string, text: string): File => ({ name, bytes: Buffer.from(text) });

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset);

describe('a zip of our own', () => {
  test('whatever is put in comes out of another reader', () => {
    const names = fc.stringMatching(/^[A-Z0-9_]{1,8}\.[A-Z]{1,3}$/);
    const files = fc.uniqueArray(
      fc.record({ name: names, bytes: fc.uint8Array({ maxLength: 2_000 }) }),
      {
        selector: ({ name }) => name,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(files, (entries) => {
        const read = unzipSync(zipOf(entries, AT));
        expect(Object.keys(read)).toEqual(entries.map(({ name }) => name));
        for (const { name, bytes } of entries)
          expect(Buffer.compare(read[name] ?? Buffer.alloc(1), bytes)).toBe(0);
      }),
      { numRuns: cases(100) },
    );
  });

  test('a large file that does not deflate comes out too', () => {
    const bytes = new Uint8Array(3_000_000).map((_, at) => (at * 2_654_435_761) >>> 13);
    const read = unzipSync(zipOf([{ name: 'A.BIN', bytes }], AT))['A.BIN'];
    expect(Buffer.compare(read ?? new Uint8Array(), bytes)).toBe(0);
  });

  test('no entry has a data descriptor, and sizes stand in front', () => {
    const bytes = zipOf([file('A.TXT', 'a'.repeat(2_000))], AT);
    expect(view(bytes).getUint16(6, true)).toBe(0);
    expect(view(bytes).getUint32(22, true)).toBe(2_000);
    expect(view(bytes).getUint32(18, true)).toBeLessThan(40);
  });

  test('directories are entries, stored and empty', () => {
    const bytes = zip([{ name: 'D/', content: 'directory' }], AT);
    expect(view(bytes).getUint16(8, true)).toBe(0);
    expect(Object.keys(unzipSync(bytes))).toEqual(['D/']);
  });

  test('the time of the entries is the given one, in UTC, to two seconds', () => {
    const bytes = zipOf([file('A.TXT', 'a')], AT);
    expect(view(bytes).getUint16(10, true)).toBe((10 << 11) | (11 << 5) | 6);
    expect(view(bytes).getUint16(12, true)).toBe(((2026 - 1980) << 9) | (3 << 5) | 3);
  });

  test('what does not fit the format is thrown, not written wrong', () => {
    expect(() => zipOf([file('A.TXT', 'a')], new Date('1979-12-31'))).toThrow('out of range');
    const many = Array.from({ length: 65_536 }, () => ({
      name: 'D/',
      content: 'directory' as const,
    }));
    expect(() => zip(many, AT)).toThrow('out of range');
  });
});
