import { done, fail, type Outcome } from '../outcome.ts';
import { readHead, readStructured, type Field, type Structured } from './mime/fields.ts';
import { splitMultipart } from './mime/multipart.ts';
import { decodeTransfer } from './mime/transfer-encoding.ts';

/** A MIME entity or message as it stands: every range is a view of the bytes that were read. */
export interface MimeEntity {
  /** Header, blank line, body. */
  readonly bytes: Uint8Array;
  /** In their order. */
  readonly fields: readonly Field[];
  /** Not decoded: see `decodeBody`. */
  readonly body: Uint8Array;
  /** `text/plain` when absent. */
  readonly contentType: Structured;
  /** Of a multipart; empty for anything else. A message/rfc822 is not looked into. */
  readonly parts: readonly MimeEntity[];
  /** Whether a multipart is closed by its last delimiter; true for anything else. */
  readonly complete: boolean;
}

const DEEPEST = 8;
const MOST_PARTS = 50;
const LONGEST_BOUNDARY = 200;
/** A body is read once for each multipart around it. The bulk of a message lies in three: signed, mixed, alternative. */
const MOST_READINGS = 3;
/** What small messages may cost however deep they are nested. */
const ALWAYS_READ_BYTES = 1024 * 1024;

/**
 * Reads a message or entity. Lines may end with CRLF or LF; a byte order mark before the header is passed over.
 * Bounded: 64 kB and 200 fields of header, 50 parts in all, nested at most 8 deep; and the bodies of all multiparts
 * together are at most three times as long as the whole, and 1 MB.
 *
 * @failure secure/malformed
 */
export function readMime(bytes: Uint8Array): Outcome<MimeEntity> {
  const scanBytes = MOST_READINGS * bytes.length + ALWAYS_READ_BYTES;
  const entity = readEntity(unmarked(bytes), DEEPEST, { parts: MOST_PARTS, scanBytes });
  return entity ? done(entity) : fail('secure/malformed');
}

/**
 * Reads the header only: `parts` is empty even of a multipart. For what anybody may send, until its type says that it
 * is worth more.
 *
 * @failure secure/malformed
 */
export function readMimeHeader(bytes: Uint8Array): Outcome<MimeEntity> {
  const entity = readHeaderOf(unmarked(bytes));
  return entity ? done(entity) : fail('secure/malformed');
}

const unmarked = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

type Budget = { parts: number; scanBytes: number };

function readEntity(bytes: Uint8Array, depth: number, budget: Budget): MimeEntity | undefined {
  const entity = readHeaderOf(bytes);
  return entity?.contentType.value.startsWith('multipart/')
    ? withParts(entity, depth, budget)
    : entity;
}

function readHeaderOf(bytes: Uint8Array): MimeEntity | undefined {
  const head = readHead(bytes);
  if (!head) return undefined;
  const { fields, bodyStart } = head;
  // Of two such fields readers may choose different ones, and then see different messages.
  if (
    ['content-type', 'content-transfer-encoding'].some((name) => valuesOf(fields, name).length > 1)
  )
    return undefined;
  const contentType = readStructured(valuesOf(fields, 'content-type')[0] ?? 'text/plain');
  const body = bytes.subarray(bodyStart);
  return { bytes, fields, body, contentType, parts: [], complete: true };
}

function withParts(entity: MimeEntity, depth: number, budget: Budget): MimeEntity | undefined {
  const boundary = entity.contentType.parameters.get('boundary') ?? '';
  if (depth === 0 || boundary === '' || boundary.length > LONGEST_BOUNDARY) return undefined;
  budget.scanBytes -= entity.body.length;
  if (budget.scanBytes < 0) return undefined;
  const split = splitMultipart(entity.body, boundary, budget.parts);
  if (!split) return undefined;
  budget.parts -= split.parts.length;
  const parts: MimeEntity[] = [];
  for (const bytes of split.parts) {
    const part = readEntity(bytes, depth - 1, budget);
    if (!part) return undefined;
    parts.push(part);
  }
  return { ...entity, parts, complete: split.complete };
}

/** The values of all fields of a name, which is given in lower case. */
export const headersOf = ({ fields }: MimeEntity, name: string): readonly string[] =>
  valuesOf(fields, name);

/** The value of the first field of a name, which is given in lower case. */
export const headerOf = (entity: MimeEntity, name: string): string | undefined =>
  headersOf(entity, name)[0];

/** The body, decoded as its Content-Transfer-Encoding says. @failure secure/malformed */
export function decodeBody(entity: MimeEntity): Outcome<Uint8Array> {
  const decoded = decodeTransfer(entity.body, headerOf(entity, 'content-transfer-encoding') ?? '');
  return decoded ? done(decoded) : fail('secure/malformed');
}

/** The name under which a part is to be saved, as its sender wished it: not fit for a path as it is. */
export const fileNameOf = (entity: MimeEntity): string | undefined =>
  readStructured(headerOf(entity, 'content-disposition') ?? '').parameters.get('filename') ??
  entity.contentType.parameters.get('name');

const valuesOf = (fields: readonly Field[], name: string): readonly string[] =>
  fields.flatMap((field) => (field.name === name ? [field.value] : []));
