import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cases } from '../../support/counts.ts';
import { cpuMsOf } from '../../support/cpu.ts';
import { LONG_MS, mutationsOf } from '../../support/mutations.ts';
import { zipOf } from '../zip-of.ts';
import { forgedZip, localEntry, type Forged, type ForgedEnd } from './forged-zip.ts';
import { AT, DOCUMENT, goodFiles, METADATA, refusalOf, withMetadata } from './packages.ts';

const MIB = 1024 * 1024;
const FILES = goodFiles();
const GOOD: readonly Forged[] = FILES.map(({ name, bytes }) => ({ name, content: bytes }));

const added = (...entries: readonly Forged[]): string =>
  refusalOf(forgedZip([...GOOD, ...entries]));
/** With one entry forged. */
const forged = (name: string, forgery: Partial<Forged>): string =>
  refusalOf(
    forgedZip(GOOD.map((entry) => (entry.name === name ? { ...entry, ...forgery } : entry))),
  );
const ended = (end: ForgedEnd): string => refusalOf(forgedZip(GOOD, end));

const described = (edit: (metadata: string) => string): string =>
  refusalOf(zipOf(withMetadata(FILES, edit), AT));
/** The same metadata with this behind its last object. */
const inside = (xml: string) => (text: string) =>
  text.replace(/<\/(\w+:)?RegistryObjectList>/, (end) => `${xml}${end}`);
const describing = (count: number) => (text: string) =>
  text.replace(/<ExtrinsicObject[^]*<\/ExtrinsicObject>/, (entry) => entry.repeat(count));
const zeros = (sizeBytes: number): Forged => ({ name: 'A.BIN', content: Buffer.alloc(sizeBytes) });

/** So many MiB of zeros, deflated to a thousandth of it, without ever being there at once. */
function deflatedZeros(mebibytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(MIB), { finishFlush: constants.Z_FULL_FLUSH });
  const all = Array.from({ length: mebibytes }, () => one);
  return Buffer.concat([...all, deflateRawSync(Buffer.alloc(0))]);
}

test('the forger writes a good zip when nothing is forged', () => {
  expect(added()).toBe('read');
});

describe('package/over-limits', () => {
  test('the hundred and first entry', () => {
    const more = Array.from({ length: 101 - GOOD.length }, (_, at) => ({ name: `${at}.TXT` }));
    expect(added(...more.slice(1))).toBe('read');
    expect(added(...more)).toBe('package/over-limits');
  });

  test('65,535 entries, told or not', () => {
    const none = new Uint8Array();
    const many = Buffer.from(
      zipOf(
        Array.from({ length: 65_535 }, (_, at) => ({ name: `${at}/`, bytes: none })),
        AT,
      ),
    );
    const spent = cpuMsOf(() => expect(refusalOf(many)).toBe('package/over-limits'));
    many.writeUInt16LE(3, many.length - 12);
    many.writeUInt16LE(3, many.length - 14);
    expect(refusalOf(many)).toBe('package/bad-zip');
    expect(spent).toBeLessThan(100);
  });

  test('an entry that deflated to less than a hundredth, from 1 MiB on', () => {
    expect(added(zeros(MIB))).toBe('read');
    expect(added(zeros(MIB + 1))).toBe('package/over-limits');
  });

  test('an entry of more than 64 MiB, or 128 MiB together, by what is declared', () => {
    const packed = Buffer.alloc(MIB);
    const declared = (name: string, mebibytes: number) => ({
      name,
      packed,
      sizeBytes: mebibytes * MIB,
    });
    expect(added(declared('A.BIN', 64))).toBe('read');
    expect(added(declared('A.BIN', 65))).toBe('package/over-limits');
    expect(added(declared('A.BIN', 64), declared('B.BIN', 64))).toBe('package/over-limits');
    expect(added({ name: 'A.BIN', packed, sizeBytes: 0xffffffff })).toBe('package/over-limits');
  });

  test('a name of 256 bytes', () => {
    expect(added({ name: 'A'.repeat(255) })).toBe('read');
    expect(added({ name: 'A'.repeat(256) })).toBe('package/over-limits');
  });

  test('the eleventh submission set', () => {
    const content = FILES.find(({ name }) => name === METADATA)!.bytes;
    const sets = Array.from({ length: 10 }, (_, at) => ({
      name: `IHE_XDM/MORE${at}/METADATA.XML`,
      content,
    }));
    expect(added(...sets.slice(1))).toBe('read');
    expect(added(...sets)).toBe('package/over-limits');
  });

  test('metadata that describes more documents than there can be', () => {
    expect(described(describing(100))).toBe('read');
    expect(described(describing(101))).toBe('package/over-limits');
  });
});

describe('package/bad-zip', () => {
  test.each([
    ['declares too little', { sizeBytes: 10 }],
    ['declares too much', { sizeBytes: 100_000 }],
    ['declares nothing', { sizeBytes: 0 }],
    ['is no deflated data', { packed: Buffer.from('not deflated') }],
    [
      'has another content than its checksum',
      { packed: deflateRawSync(Buffer.alloc(9)), sizeBytes: 9 },
    ],
    ['is stored in another size', { method: 0, packed: Buffer.from('short') }],
    ['is packed by a method that nobody has', { method: 12 }],
    ['has another name in its local header', { local: { name: 'IHE_XDM/SUBSET01/METADATA.XM_' } }],
    ['has another method in its local header', { local: { method: 0 } }],
    ['has another size in its local header', { local: { sizeBytes: 1 } }],
    ['begins nowhere', { at: 7 }],
    ['begins behind the end', { at: 0xfffffff0 }],
  ])('an entry that %s', (_, forgery) => {
    expect(forged(METADATA, forgery)).toBe('package/bad-zip');
  });

  test('a bomb under a small size is cut off at that size', () => {
    const packed = deflatedZeros(512);
    let code = '';
    const spent = cpuMsOf(() => {
      code = forged(METADATA, { packed, sizeBytes: 1_000 });
    });
    expect(code).toBe('package/bad-zip');
    expect(spent).toBeLessThan(150);
  });

  test('entries that overlap', () => {
    const inner: Forged = { name: 'B.TXT', content: Buffer.from('twice'), method: 0 };
    const outer: Forged = { name: 'A.TXT', content: localEntry(inner), method: 0 };
    const before = GOOD.reduce((sum, entry) => sum + localEntry(entry).length, 0);
    const within = before + localEntry(outer).length - localEntry(inner).length;
    expect(added(outer, inner)).toBe('read');
    expect(added(outer, { ...inner, at: within })).toBe('package/bad-zip');
  });

  test.each([
    ['fewer entries than there are', { count: 2 }],
    ['more entries than there are', { count: 50 }],
    ['a second disk', { disk: 1 }],
    ['a directory behind the end', { at: 0xfffffff0 }],
    ['a directory in the data', { at: 3 }],
    ['a directory of another size', { sizeBytes: 11 }],
  ])('an end that tells of %s', (_, end) => {
    expect(ended(end)).toBe('package/bad-zip');
  });

  test('a comment may stand at the end, also one that looks like an end', () => {
    expect(ended({ comment: Buffer.from('made by hand') })).toBe('read');
    expect(ended({ comment: Buffer.from('PK\x05\x06'.padEnd(30, '\xff'), 'latin1') })).toBe('read');
  });
});

describe('package/bad-names', () => {
  test.each([
    ['a name twice', [{ name: 'A.TXT' }, { name: 'A.TXT' }]],
    ['a name twice, once with a backslash', [{ name: 'D/A.TXT' }, { name: 'D\\A.TXT' }]],
    ['the metadata twice', [{ name: METADATA }]],
    ['..', [{ name: '../A.TXT' }]],
    ['.. in the middle', [{ name: 'IHE_XDM/../../A.TXT' }]],
    ['.. with backslashes', [{ name: '..\\A.TXT' }]],
    ['an absolute name', [{ name: '/etc/A.TXT' }]],
    ['a drive', [{ name: 'C:\\A.TXT' }]],
    ['a server', [{ name: '\\\\server\\A.TXT' }]],
    ['NUL', [{ name: 'A.TXT\0.EXE' }]],
    ['an end of line', [{ name: 'A\r\nB.TXT' }]],
    ['a mark that turns text around', [{ name: 'A\u202etxt.exe' }]],
    ['no name', [{ name: '' }]],
    ['a directory without a name', [{ name: 'A//B.TXT' }]],
  ])('%s', (_, entries) => {
    expect(added(...entries)).toBe('package/bad-names');
  });

  test('a name that is no UTF-8 is not refused', () => {
    expect(added({ name: Buffer.from('caf\xe9.txt', 'latin1') })).toBe('read');
  });
});

describe('package/encrypted', () => {
  test.each([
    ['with the old cipher', { flags: 0x0001 }],
    ['strongly', { flags: 0x0041 }],
    ['with its local headers masked', { flags: 0x2000 }],
    ['with AES', { method: 99 }],
  ])('%s', (_, forgery) => {
    expect(forged(DOCUMENT, forgery)).toBe('package/encrypted');
  });
});

describe('package/bad-metadata', () => {
  test.each([
    ['a DOCTYPE', (text: string) => text.replace(/\?>/, '?><!DOCTYPE x [<!ENTITY a "b">]>')],
    ['an entity', inside('<a>&b;</a>')],
    ['a tag that is not closed', inside('<a>')],
    ['nothing', () => ''],
    ['another root', () => '<a/>'],
    ['another namespace', (text: string) => text.replaceAll('rim:3.0', 'rim:2.1')],
    ['33 levels', inside('<a>'.repeat(31) + '</a>'.repeat(31))],
    ['too many elements', inside('<a/>'.repeat(100_001))],
    [
      'too many attributes',
      inside(`<a ${Array.from({ length: 65 }, (_, at) => `a${at}=""`).join(' ')}/>`),
    ],
    ['a long name', inside(`<${'a'.repeat(257)}/>`)],
    [
      'more than 2 MiB',
      inside(`<!--${Array.from({ length: 300_000 }, (_, at) => at * at).join(' ')}-->`),
    ],
    [
      'an encoding that is not what it says',
      (text: string) => text.replace(/<\?xml[^?]*/, '<?xml version="1.0" encoding="utf-16"'),
    ],
  ])('%s', (_, edit) => {
    expect(described(edit)).toBe('package/bad-metadata');
  });

  test('what is just within the bounds is read', () => {
    expect(described(inside('<a>'.repeat(30) + '</a>'.repeat(30)))).toBe('read');
    expect(described(inside('<a/>'.repeat(90_000)))).toBe('read');
  });
});

/** Zips in which one file is changed. */
const spoiled = (name: string) =>
  mutationsOf(FILES.find((each) => each.name === name)!.bytes).map((bytes) =>
    zipOf(
      FILES.map((each) => (each.name === name ? { name, bytes } : each)),
      AT,
    ),
  );

describe('whatever the bytes are', () => {
  const small = Buffer.from(zipOf(FILES, AT));

  test('cut off at any byte: package/bad-zip', () => {
    for (let length = 0; length < small.length; length += 1) {
      expect([length, refusalOf(small.subarray(0, length))]).toEqual([length, 'package/bad-zip']);
    }
  });

  test(
    'those of a package, changed in the zip or in a file of it, are answered, never thrown',
    () => {
      const zips = fc.oneof(mutationsOf(small), spoiled(METADATA), spoiled('INDEX.HTM'));
      fc.assert(
        fc.property(zips, (bytes) => {
          expect(refusalOf(bytes)).toMatch(/^read$|^package\//);
        }),
        { numRuns: cases(2_000, 100_000) },
      );
    },
    LONG_MS,
  );

  test('random bytes around an end record are refused', () => {
    const end = forgedZip([], { count: 1, sizeBytes: 46, at: 0 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(refusalOf(Buffer.concat([bytes, end]))).toMatch(/^package\//);
      }),
      { numRuns: cases(2_000, 100_000) },
    );
  });
});
