import { readDirectory } from '../../../shared/package/read/zip/directory.ts';
import { decodeBody, fileNameOf, type MimeEntity } from '../../../shared/secure/mime.ts';

export interface ZipEntry {
  readonly name: string;
  readonly sizeBytes: number;
}

export interface Part {
  readonly type: string;
  readonly name?: string;
  /** Decoded. Absent when it cannot be decoded. */
  readonly sizeBytes?: number;
  /** Of a zip. */
  readonly entries?: readonly ZipEntry[];
  /** Of a multipart. */
  readonly parts?: readonly Part[];
}

/** A message as a tree of its parts, with what lies in a zip. */
export function partOf(entity: MimeEntity): Part {
  const type = entity.contentType.value;
  if (entity.parts.length > 0) return { type, parts: entity.parts.map(partOf) };
  const name = fileNameOf(entity);
  const body = decodeBody(entity);
  return {
    type,
    ...(name !== undefined && { name }),
    ...(body.ok && { sizeBytes: body.value.length, ...entriesOf(body.value) }),
  };
}

export function linesOfPart(part: Part, depth = 0): readonly string[] {
  const indent = '  '.repeat(depth);
  const size = part.sizeBytes === undefined ? '' : `, ${part.sizeBytes} bytes`;
  const unreadable = part.parts || part.sizeBytes !== undefined ? '' : ', cannot be decoded';
  return [
    `${indent}${part.type}${part.name === undefined ? '' : ` "${part.name}"`}${size}${unreadable}`,
    ...(part.entries ?? []).map(({ name, sizeBytes }) => `${indent}  ${name}, ${sizeBytes} bytes`),
    ...(part.parts ?? []).flatMap((inner) => linesOfPart(inner, depth + 1)),
  ];
}

/** Reads the directory of a zip and unpacks nothing. */
function entriesOf(bytes: Uint8Array): Pick<Part, 'entries'> {
  const directory = readDirectory(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!directory.ok) return {};
  const { entries } = directory.value;
  return { entries: entries.map(({ name, sizeBytes }) => ({ name: name.toString(), sizeBytes })) };
}
