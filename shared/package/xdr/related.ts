import { done, fail, type Outcome } from '../../outcome.ts';
import { isUtf8, type ContentType } from './content-type.ts';
import { contentOf, contentTypeOf, readEntity, type Entity } from './entity.ts';
import { XDR_LIMITS } from './limits.ts';
import { SOAP_TYPE, XOP_TYPE } from './names.ts';

/** A SOAP message, and by Content-ID what it includes. */
export interface Related {
  readonly soap: Uint8Array;
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;
const CONTENT_ID = /^<([\x21-\x3b\x3d\x3f-\x7e]{1,250})>$/;

/**
 * Reads the body of a multipart/related, strictly: where two readers might see different parts, it is refused.
 *
 * @failure package/bad-multipart, package/over-limits
 * @see RFC 2046 section 5.1, RFC 2387; XOP 1.0 section 4.1
 */
export function readRelated(type: ContentType, body: Uint8Array): Outcome<Related> {
  const boundary = type.parameters.get('boundary') ?? '';
  if (!BOUNDARY.test(boundary)) return bad('the boundary');
  const split = splitAt(Buffer.from(body.buffer, body.byteOffset, body.byteLength), boundary);
  if (!split.ok) return split;
  const parts = new Map<string, Entity>();
  for (const [index, bytes] of split.value.entries()) {
    const part = readEntity(bytes);
    if (!part) return bad(`the header of part ${index + 1}`);
    // The first one may go without, when nobody names it.
    const id = CONTENT_ID.exec(
      part.fields.get('content-id') ?? (index === 0 ? '<first>' : ''),
    )?.[1];
    if (id === undefined || parts.has(id)) return bad(`the Content-ID of part ${index + 1}`);
    parts.set(id, part);
  }
  const [first = ''] = parts.keys();
  const start = type.parameters.get('start') ?? `<${first}>`;
  return related(CONTENT_ID.exec(start)?.[1] ?? '', parts);
}

function related(start: string, entities: ReadonlyMap<string, Entity>): Outcome<Related> {
  const root = entities.get(start);
  if (!root) return bad('start names no part');
  if (!isXop(contentTypeOf(root))) return bad('the type of the start');
  const parts = new Map<string, Uint8Array>();
  for (const [id, entity] of entities) {
    const content = contentOf(entity);
    if (!content) return bad('a transfer encoding');
    parts.set(id, content);
  }
  const soap = parts.get(start) ?? new Uint8Array();
  parts.delete(start);
  return done({ soap, parts });
}

const isXop = (type: ContentType | undefined): boolean =>
  type?.value === XOP_TYPE &&
  isUtf8(type) &&
  (type.parameters.get('type') ?? SOAP_TYPE).toLowerCase().startsWith(SOAP_TYPE);

/** The parts as they stand. Before the first delimiter and behind the last one there is nothing. */
function splitAt(body: Buffer, boundary: string): Outcome<readonly Buffer[]> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: Buffer[] = [];
  let end = startsAt(body, 0, delimiter.subarray(2)) ? -2 : 0;
  if (end === 0 && !startsAt(body, 0, delimiter)) return bad('the first delimiter');
  for (;;) {
    const line = lineAfter(body, end + delimiter.length);
    if (line === undefined) return bad('a delimiter');
    if (line === 'closes') return parts.length > 0 ? done(parts) : bad('no parts');
    end = body.indexOf(delimiter, line);
    if (end < 0) return bad('no closing delimiter');
    parts.push(body.subarray(line, end));
    if (parts.length > XDR_LIMITS.parts) return fail('package/over-limits', 'parts');
  }
}

/** Behind a delimiter: two dashes, and blanks. */
const LONGEST_END = 80;

const startsAt = (body: Buffer, at: number, what: Buffer): boolean =>
  body.subarray(at, at + what.length).equals(what);

/** How a delimiter goes on: where the part begins, or that it was the last one and nothing follows. */
function lineAfter(body: Buffer, at: number): number | 'closes' | undefined {
  const rest = body.toString('latin1', at, at + LONGEST_END);
  if (rest.startsWith('--')) {
    return /^--[ \t]*(?:\r\n)*$/.test(rest) && body.length < at + LONGEST_END
      ? 'closes'
      : undefined;
  }
  const blanks = /^[ \t]*\r\n/.exec(rest)?.[0];
  return blanks === undefined ? undefined : at + blanks.length;
}

const bad = (detail: string) => fail('package/bad-multipart', detail);
