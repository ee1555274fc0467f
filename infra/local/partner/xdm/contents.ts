import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { unzipSync } from 'fflate';
import { readExtrinsicObjects, type ExtrinsicObject } from './metadata.ts';

export interface XdmEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface XdmDocument extends ExtrinsicObject {
  /** Where the zip has it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface XdmContents {
  readonly entries: readonly XdmEntry[];
  /** METADATA.XML. */
  readonly metadata?: string;
  readonly documents: readonly XdmDocument[];
  /** Everything that is wrong, one line each; empty is good. */
  readonly problems: readonly string[];
}

const MOST_ENTRIES = 500;
const MOST_BYTES = 200 * 1024 * 1024;

/** Reads an XDM package as a strict receiver: names in capitals, every document described, found, and as described. */
export function readXdm(zip: Uint8Array): XdmContents {
  const entries = unpack(zip);
  if (typeof entries === 'string') return { entries: [], documents: [], problems: [entries] };
  const names = new Set(entries.map(({ name }) => name));
  const problems = ['INDEX.HTM', 'README.TXT']
    .filter((name) => !names.has(name))
    .map((name) => `xdm: there is no ${name}`);

  const descriptions = entries.filter(({ name }) => /^IHE_XDM\/[^/]+\/METADATA\.XML$/.test(name));
  const [description] = descriptions;
  if (!description || descriptions.length > 1) {
    problems.push(`xdm: there are ${descriptions.length} METADATA.XML, not one`);
    return { entries, documents: [], problems };
  }
  const metadata = Buffer.from(description.bytes).toString('utf8');
  const described = readExtrinsicObjects(metadata);
  if (described.length === 0) problems.push('xdm: METADATA.XML describes no document');

  const folder = posix.dirname(description.name);
  const documents = described.flatMap((object) => {
    const name = posix.join(folder, object.uri);
    const bytes = entries.find((entry) => entry.name === name)?.bytes;
    if (bytes) problems.push(...mismatches(object, bytes));
    else problems.push(`xdm: ${object.uri} is described and not there`);
    return bytes ? [{ ...object, name, bytes }] : [];
  });
  return { entries, metadata, documents, problems };
}

function mismatches({ uri, sizeBytes, sha1 }: ExtrinsicObject, bytes: Uint8Array): string[] {
  const actual = createHash('sha1').update(bytes).digest('hex');
  return [
    ...(sizeBytes === bytes.length
      ? []
      : [`xdm: ${uri} has ${bytes.length} bytes, not ${sizeBytes}`]),
    ...(sha1 === actual ? [] : [`xdm: the SHA-1 of ${uri} is ${actual}, not ${sha1}`]),
  ];
}

/** In memory only, and not more than a patient's record can be. */
function unpack(zip: Uint8Array): readonly XdmEntry[] | string {
  let count = 0;
  let total = 0;
  try {
    const files = unzipSync(zip, {
      filter: ({ originalSize }) => {
        count += 1;
        total += originalSize;
        if (count > MOST_ENTRIES || total > MOST_BYTES) throw new Error('too much');
        return true;
      },
    });
    return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
  } catch {
    return 'xdm: the zip cannot be read';
  }
}
