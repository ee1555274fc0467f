import { readContentType, type ContentType } from './content-type.ts';
import { decodedBase64 } from './base64.ts';
import { XDR_LIMITS } from './limits.ts';

/** A MIME entity: its header, and its body as it stands. */
export interface Entity {
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

const BLANK_LINE = '\r\n\r\n';
const FIELD = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:[ \t]*([\x20-\x7e\t]*)$/;

/**
 * Reads the header of an entity. Lines end with CRLF and nothing else.
 *
 * @returns undefined when a line is no field, a field comes twice, or there is too much of it
 */
export function readEntity(bytes: Uint8Array): Entity | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 2).equals(Buffer.from('\r\n')))
    return { fields: new Map(), body: buffer.subarray(2) };
  const end = buffer.subarray(0, XDR_LIMITS.partHeadBytes).indexOf(BLANK_LINE);
  if (end < 0) return undefined;
  const lines = buffer
    .toString('latin1', 0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n');
  if (lines.length > XDR_LIMITS.partFields) return undefined;
  const fields = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined || fields.has(name.toLowerCase()))
      return undefined;
    fields.set(name.toLowerCase(), value.trim());
  }
  return { fields, body: buffer.subarray(end + BLANK_LINE.length) };
}

export const contentTypeOf = ({ fields }: Entity): ContentType | undefined =>
  readContentType(fields.get('content-type') ?? '');

/** The body as it was before it was made fit for the way; undefined when that is not known, or it is not in that form. */
export function contentOf({ fields, body }: Entity): Uint8Array | undefined {
  switch ((fields.get('content-transfer-encoding') ?? '7bit').toLowerCase()) {
    case '7bit':
    case '8bit':
    case 'binary':
      return body;
    case 'base64':
      return decodedBase64(Buffer.from(body).toString('latin1'));
    default:
      return undefined;
  }
}

/**
 * The MIME entity of an HTTP request: its Content-Type, an empty line, its body.
 *
 * @throws Error on a type of two lines: it would be a header of its own
 */
export function xdrEntity(contentType: string, body: Uint8Array): Uint8Array {
  if (/[\r\n]/.test(contentType)) throw new Error('A Content-Type of two lines');
  return Buffer.concat([Buffer.from(`Content-Type: ${contentType}\r\n\r\n`), body]);
}
