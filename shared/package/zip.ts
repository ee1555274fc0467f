import { crc32, deflateRawSync } from 'node:zlib';

/** The bytes of a file, ready to be put into any number of zips. */
export interface Packed {
  readonly deflated: Uint8Array;
  readonly sizeBytes: number;
  readonly crc32: number;
}

/** An entry of a zip: a file or a directory. */
export interface ZipEntry {
  /** ASCII; that of a directory ends in a slash. */
  readonly name: string;
  readonly content: Packed | 'directory';
}

/** More memory than the default takes a seventh off the time of a document full of base64, and a little off any. */
const DEFLATE = { level: 6, memLevel: 9 } as const;
const LEAST_CHUNK_BYTES = 16 * 1024;

/**
 * What comes out of a document fits into a quarter of it nearly always. Room for all of it at once spares a second copy;
 * what is not written of it is never really there.
 */
const deflate = (bytes: Uint8Array): Uint8Array =>
  deflateRawSync(bytes, { ...DEFLATE, chunkSize: Math.max(LEAST_CHUNK_BYTES, bytes.length >> 2) });

export const packed = (bytes: Uint8Array): Packed => ({
  deflated: deflate(bytes),
  sizeBytes: bytes.length,
  crc32: crc32(bytes),
});

const LOCAL_HEADER = 0x04034b50;
const LOCAL_BYTES = 30;
const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_BYTES = 46;
const END_OF_CENTRAL = 0x06054b50;
const END_BYTES = 22;
const VERSION_2_0 = 20;
const STORED = 0;
const DEFLATED = 8;
const DIRECTORY = 0x10;
const NOTHING: Packed = { deflated: new Uint8Array(), sizeBytes: 0, crc32: 0 };

/**
 * Writes a zip: every file deflated, directories as entries of their own, all sizes known in front
 * (readers in the field fail on data descriptors). The same entries and time give the same bytes.
 *
 * @param at becomes the time of every entry, in UTC, as zip has no zone; years 1980 to 2107
 * @throws RangeError when sizes or counts do not fit the fields of a zip without extensions
 */
export function zip(entries: readonly ZipEntry[], at: Date): Uint8Array {
  const page = new Page(sizeOf(entries));
  const offsets = entries.map((entry) => {
    const offset = page.end;
    page.fields([LOCAL_HEADER, 4], [VERSION_2_0, 2], ...commonFields(entry, at));
    page.ascii(entry.name);
    page.bytes(packedIn(entry).deflated);
    return offset;
  });
  const start = page.end;
  entries.forEach((entry, index) => {
    page.fields(
      [CENTRAL_HEADER, 4],
      [VERSION_2_0, 2],
      [VERSION_2_0, 2],
      ...commonFields(entry, at),
    );
    // Comment length, disk, internal attributes; external attributes; where the local header begins.
    page.fields(
      [0, 6],
      [entry.content === 'directory' ? DIRECTORY : 0, 4],
      [offsets[index] ?? 0, 4],
    );
    page.ascii(entry.name);
  });
  const length = page.end - start;
  page.fields([END_OF_CENTRAL, 4], [0, 4], [entries.length, 2], [entries.length, 2]);
  page.fields([length, 4], [start, 4], [0, 2]);
  return page.written;
}

const sizeOf = (entries: readonly ZipEntry[]): number =>
  entries.reduce(
    (sum, entry) =>
      sum + LOCAL_BYTES + CENTRAL_BYTES + 2 * entry.name.length + packedIn(entry).deflated.length,
    END_BYTES,
  );

const packedIn = ({ content }: ZipEntry): Packed => (content === 'directory' ? NOTHING : content);

type Field = readonly [value: number, widthBytes: number];

/** Those that stand alike in the local and in the central header: flags, method, time, checksum, sizes, name length. */
function commonFields(entry: ZipEntry, at: Date): readonly Field[] {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date =
    ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const { deflated, sizeBytes, crc32: checksum } = packedIn(entry);
  return [
    [0, 2],
    [entry.content === 'directory' ? STORED : DEFLATED, 2],
    [time, 2],
    [date, 2],
    [checksum, 4],
    [deflated.length, 4],
    [sizeBytes, 4],
    [entry.name.length, 2],
    [0, 2],
  ];
}

/** One buffer of known size, written from the front; numbers are little-endian. */
class Page {
  readonly written: Buffer;
  end = 0;

  constructor(sizeBytes: number) {
    this.written = Buffer.allocUnsafe(sizeBytes);
  }

  fields(...fields: readonly Field[]): void {
    for (const [value, widthBytes] of fields) {
      this.end = this.written.writeUIntLE(value, this.end, widthBytes);
    }
  }

  ascii(text: string): void {
    this.end += this.written.write(text, this.end, 'ascii');
  }

  bytes(bytes: Uint8Array): void {
    this.written.set(bytes, this.end);
    this.end += bytes.length;
  }
}
