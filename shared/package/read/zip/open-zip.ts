import { createHash } from 'node:crypto';
import { crc32, inflateRawSync } from 'node:zlib';
import { isAllSeen } from '../../../characters.ts';
import { done, fail, type Outcome } from '../../../outcome.ts';
import { badZip, readDirectory, STORED, type DirectoryEntry } from './directory.ts';

/** A file that is inflated when somebody asks for it, once. */
export interface PackedFile {
  /** The path in the zip, with slashes. */
  readonly name: string;
  /** @failure package/bad-zip */
  read(): Outcome<Uint8Array>;
  /** SHA-1 of the content in lower-case hex; nothing when it cannot be read. */
  sha1(): string | undefined;
}

export interface OpenedZip {
  readonly files: readonly PackedFile[];
  /** The directories that have an entry, each with a slash behind it. */
  readonly directories: ReadonlySet<string>;
  readonly hasBackslashes: boolean;
}

const LOCAL_HEADER = 0x04034b50;
const LOCAL_BYTES = 30;
/** The sizes stand behind the data, and in front there are none. */
const DESCRIPTOR = 0x08;

/**
 * Opens a zip from outside, in memory only. Every entry has a name of its own that leads nowhere else, and bytes
 * of its own; what is inflated is cut off at the size that the directory declared.
 *
 * @failure package/bad-zip, package/bad-names, package/encrypted, package/over-limits
 */
export function openZip(bytes: Uint8Array): Outcome<OpenedZip> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = readDirectory(zip);
  if (!directory.ok) return directory;
  const { entries, at } = directory.value;
  const written = entries.map(({ name }) => nameOf(name));
  const names = written.map((name) => name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, ''));
  if (new Set(names).size < names.length) return fail('package/bad-names', 'a name twice');
  if (!names.every(isHarmless)) return fail('package/bad-names', 'a name that leads elsewhere');
  const bodies = bodiesOf(zip, entries, at);
  if (!bodies) return badZip('entries that are not where they should be');
  const all = names.map((name, index) => ({ name, entry: entries[index]!, body: bodies[index]! }));
  return done({
    files: all
      .filter(({ name }) => !name.endsWith('/'))
      .map(({ name, entry, body }) => packedFile(name, () => unpack(body, entry))),
    directories: new Set(names.filter((name) => name.endsWith('/'))),
    hasBackslashes: written.some((name) => name.includes('\\')),
  });
}

/** UTF-8 whether it is declared or not; else each byte a character, which tells names apart as well as any table. */
function nameOf(name: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(name);
  } catch {
    return name.toString('latin1');
  }
}

/** A path below the top, and nothing in it that nobody sees. */
function isHarmless(name: string): boolean {
  const steps = name.replace(/\/$/, '').split('/');
  const stays = steps.every((step) => step !== '' && step !== '.' && step !== '..');
  return stays && !/^[a-z]:/i.test(name) && isAllSeen(name);
}

/** The packed bytes of each entry; nothing when a local header contradicts the directory, or two entries overlap. */
function bodiesOf(
  zip: Buffer,
  entries: readonly DirectoryEntry[],
  end: number,
): readonly Buffer[] | undefined {
  const bodies = entries.map((entry) => bodyOf(zip.subarray(0, end), entry));
  if (!bodies.every((body) => body !== undefined)) return undefined;
  const extents = entries
    .map(({ at }, index) => ({
      at,
      upTo: bodies[index]!.byteOffset - zip.byteOffset + bodies[index]!.length,
    }))
    .sort((one, other) => one.at - other.at);
  const apart = extents.every(({ upTo }, index) => upTo <= (extents[index + 1]?.at ?? end));
  return apart ? bodies : undefined;
}

function bodyOf(zip: Buffer, entry: DirectoryEntry): Buffer | undefined {
  const { at, name, packedBytes } = entry;
  if (at + LOCAL_BYTES > zip.length || zip.readUInt32LE(at) !== LOCAL_HEADER) return undefined;
  const nameEnd = at + LOCAL_BYTES + zip.readUInt16LE(at + 26);
  const from = nameEnd + zip.readUInt16LE(at + 28);
  const agrees =
    zip.subarray(at + LOCAL_BYTES, nameEnd).equals(name) &&
    zip.readUInt16LE(at + 8) === entry.method &&
    ((entry.flags & DESCRIPTOR) !== 0 || saysTheSame(zip, entry));
  return agrees && from + packedBytes <= zip.length
    ? zip.subarray(from, from + packedBytes)
    : undefined;
}

const saysTheSame = (
  zip: Buffer,
  { at, crc32: checksum, packedBytes, sizeBytes }: DirectoryEntry,
): boolean =>
  zip.readUInt32LE(at + 14) === checksum &&
  zip.readUInt32LE(at + 18) === packedBytes &&
  zip.readUInt32LE(at + 22) === sizeBytes;

function unpack(
  body: Buffer,
  { method, sizeBytes, crc32: checksum }: DirectoryEntry,
): Outcome<Uint8Array> {
  const bytes = method === STORED ? body : inflated(body, sizeBytes);
  if (bytes?.length !== sizeBytes) return badZip('a size that is wrong');
  return crc32(bytes) === checksum ? done(bytes) : badZip('a checksum that is wrong');
}

function inflated(body: Buffer, sizeBytes: number): Buffer | undefined {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(sizeBytes, 1) });
  } catch {
    return undefined;
  }
}

function packedFile(name: string, unpackIt: () => Outcome<Uint8Array>): PackedFile {
  let content: Outcome<Uint8Array> | undefined;
  let sha1: string | undefined;
  const read = (): Outcome<Uint8Array> => (content ??= unpackIt());
  return {
    name,
    read,
    sha1() {
      const bytes = read();
      if (bytes.ok) sha1 ??= createHash('sha1').update(bytes.value).digest('hex');
      return sha1;
    },
  };
}
