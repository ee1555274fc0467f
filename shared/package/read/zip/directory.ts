import { done, fail, type Outcome, type Refused } from '../../../outcome.ts';
import { LIMITS } from '../limits.ts';

/** What the central directory of a zip says of an entry. */
export interface DirectoryEntry {
  readonly name: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** Where its local header begins. */
  readonly at: number;
}

export interface ZipDirectory {
  readonly entries: readonly DirectoryEntry[];
  /** Where the directory begins, and so where the entries must have ended. */
  readonly at: number;
}

const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_BYTES = 46;
const END_OF_CENTRAL = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;

export const STORED = 0;
export const DEFLATED = 8;
/** Method 99 stands in for the real one where WinZip encrypted with AES. */
const AES = 99;
/** Encrypted, strongly encrypted, local header masked. */
const ENCRYPTED = 0x2041;

export const badZip = (detail: string): Refused => fail('package/bad-zip', detail);

/**
 * Reads the central directory of a zip and holds it against the limits; nothing is inflated. Zip64 is not read:
 * what needs it is over the limits.
 *
 * @failure package/bad-zip, package/encrypted, package/over-limits
 */
export function readDirectory(zip: Buffer): Outcome<ZipDirectory> {
  const end = endOfCentral(zip);
  if (end === undefined) return badZip('no central directory');
  const count = zip.readUInt16LE(end + 10);
  if (count > LIMITS.entries) return overLimits(`${count} entries`);
  const at = zip.readUInt32LE(end + 16);
  const upTo = at + zip.readUInt32LE(end + 12);
  // This disk, the disk of the directory, and how many of the entries are on this one.
  const isWhole = zip.readUInt32LE(end + 4) === 0 && zip.readUInt16LE(end + 8) === count;
  if (!isWhole || upTo > end) return badZip('parts are elsewhere');
  const entries = entriesBetween(zip, at, upTo, count);
  if (!entries) return badZip('a broken central directory');
  const refused = entries.map(judge).find((each) => each !== undefined);
  if (refused) return refused;
  const total = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return total > LIMITS.totalBytes ? overLimits(`${total} bytes`) : done({ entries, at });
}

/** The last place that can be an end record; a mail gateway may have added line ends behind it. */
function endOfCentral(zip: Buffer): number | undefined {
  const first = Math.max(0, zip.length - END_BYTES - MAX_COMMENT);
  for (let at = zip.length - END_BYTES; at >= first; at -= 1) {
    const isEnd = zip.readUInt32LE(at) === END_OF_CENTRAL;
    if (isEnd && at + END_BYTES + zip.readUInt16LE(at + 20) <= zip.length) return at;
  }
  return undefined;
}

function entriesBetween(
  zip: Buffer,
  from: number,
  upTo: number,
  count: number,
): readonly DirectoryEntry[] | undefined {
  const entries: DirectoryEntry[] = [];
  let at = from;
  while (entries.length < count) {
    if (at + CENTRAL_BYTES > upTo || zip.readUInt32LE(at) !== CENTRAL_HEADER) return undefined;
    const nameEnd = at + CENTRAL_BYTES + zip.readUInt16LE(at + 28);
    const next = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    entries.push({
      name: zip.subarray(at + CENTRAL_BYTES, nameEnd),
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      crc32: zip.readUInt32LE(at + 16),
      packedBytes: zip.readUInt32LE(at + 20),
      sizeBytes: zip.readUInt32LE(at + 24),
      at: zip.readUInt32LE(at + 42),
    });
    at = next;
  }
  return at === upTo ? entries : undefined;
}

function judge(entry: DirectoryEntry): Refused | undefined {
  const { name, flags, method, packedBytes, sizeBytes } = entry;
  if ((flags & ENCRYPTED) !== 0 || method === AES) return fail('package/encrypted');
  if (name.length > LIMITS.nameLength) return overLimits(`a name of ${name.length} bytes`);
  if (sizeBytes > LIMITS.entryBytes) return overLimits(`an entry of ${sizeBytes} bytes`);
  const isDense = sizeBytes > LIMITS.ratioFreeBytes && sizeBytes > LIMITS.ratio * packedBytes;
  if (isDense) return overLimits(`${sizeBytes} bytes out of ${packedBytes}`);
  if (method !== STORED && method !== DEFLATED) return badZip(`method ${method}`);
  return undefined;
}

const overLimits = (detail: string): Refused => fail('package/over-limits', detail);
