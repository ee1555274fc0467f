/** A request of ours taken apart by its text alone: nothing of ours is used to read what ours wrote. */
export interface WrittenRequest {
  /** The SOAP envelope. */
  readonly soap: string;
  /** Of each part behind it, its Content-ID and its bytes. */
  readonly parts: readonly { readonly id: string; readonly bytes: Buffer }[];
}

export function writtenRequest(entity: Uint8Array): WrittenRequest {
  const text = Buffer.from(entity).toString('latin1');
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1];
  if (boundary === undefined) throw new Error('No boundary');
  const [, ...pieces] = text.split(`--${boundary}\r\n`);
  const [root, ...parts] = pieces.map((piece, at) => {
    const end = at === pieces.length - 1 ? `\r\n--${boundary}--` : '\r\n';
    return piece.slice(0, piece.lastIndexOf(end));
  });
  if (root === undefined) throw new Error('No part');
  return {
    soap: Buffer.from(bodyOf(root), 'latin1').toString('utf8'),
    parts: parts.map((part) => ({
      id: /^Content-ID: <([^>]+)>/im.exec(part)?.[1] ?? '',
      bytes: Buffer.from(bodyOf(part), 'latin1'),
    })),
  };
}

const bodyOf = (part: string): string => part.slice(part.indexOf('\r\n\r\n') + 4);

/** An element of an envelope as a document of its own; ours declare on it all that it needs. */
export function elementIn(soap: string, name: string): string {
  const [element] = new RegExp(`<(\\w+:)?${name}[ >][^]*</(?:\\w+:)?${name}>`).exec(soap) ?? [];
  if (element === undefined) throw new Error(`There is no ${name}`);
  return element;
}
