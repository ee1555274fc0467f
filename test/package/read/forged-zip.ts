import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as a forger writes it: what is not said is right. */
export interface Forged {
  readonly name: string | Uint8Array;
  readonly content?: Uint8Array;
  /** What stands in the zip, when it is not the deflated content. */
  readonly packed?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly sizeBytes?: number;
  /** Where the directory says that the local header is. */
  readonly at?: number;
  /** In the local header only. */
  readonly local?: {
    readonly name?: string;
    readonly method?: number;
    readonly sizeBytes?: number;
  };
  /** Behind the data. */
  readonly descriptor?: boolean;
}

export interface ForgedEnd {
  readonly count?: number;
  readonly disk?: number;
  readonly sizeBytes?: number;
  readonly at?: number;
  readonly comment?: Uint8Array;
}

const DESCRIPTOR = 8;

/** Writes any zip that can be written, and those that cannot be. */
export function forgedZip(entries: readonly Forged[], end: ForgedEnd = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const written = localEntry(entry);
    local.push(written);
    central.push(centralHeader(entry, entry.at ?? at));
    at += written.length;
  }
  const directory = Buffer.concat(central);
  const count = end.count ?? entries.length;
  const comment = end.comment ?? new Uint8Array();
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(end.disk ?? 0, 4);
  last.writeUInt16LE(count, 8);
  last.writeUInt16LE(count, 10);
  last.writeUInt32LE(end.sizeBytes ?? directory.length, 12);
  last.writeUInt32LE(end.at ?? at, 16);
  last.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...local, directory, last, comment]);
}

/** Local header and data, as they stand in the zip. */
export function localEntry(entry: Forged): Buffer {
  const name = Buffer.from(entry.local?.name ?? entry.name);
  const { packed, checksum, sizeBytes } = contentOf(entry);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(flagsOf(entry), 6);
  header.writeUInt16LE(entry.local?.method ?? entry.method ?? 8, 8);
  if (!entry.descriptor) {
    header.writeUInt32LE(checksum, 14);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(entry.local?.sizeBytes ?? sizeBytes, 22);
  }
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, packed, Buffer.alloc(entry.descriptor ? 16 : 0)]);
}

function centralHeader(entry: Forged, at: number): Buffer {
  const name = Buffer.from(entry.name);
  const { packed, checksum, sizeBytes } = contentOf(entry);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(flagsOf(entry), 8);
  header.writeUInt16LE(entry.method ?? 8, 10);
  header.writeUInt32LE(checksum, 16);
  header.writeUInt32LE(packed.length, 20);
  header.writeUInt32LE(sizeBytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(at, 42);
  return Buffer.concat([header, name]);
}

const flagsOf = ({ flags = 0, descriptor }: Forged): number =>
  flags | (descriptor ? DESCRIPTOR : 0);

function contentOf({ content = new Uint8Array(), packed, sizeBytes, method = 8 }: Forged) {
  return {
    packed: packed ?? (method === 8 ? deflateRawSync(content) : content),
    checksum: crc32(content),
    sizeBytes: sizeBytes ?? content.length,
  };
}
