import { done, fail, type Outcome } from '../../outcome.ts';
import { charsetOf, decoded, isNamed } from './charset.ts';
import { repetitionsOf, type Segment } from './segment.ts';
import { separatorsOf } from './separators.ts';

/** The segment MSH, by which a message is answered whatever becomes of the rest. */
export type Header = Segment & { readonly name: 'MSH' };

export interface Message {
  readonly header: Header;
  readonly segments: readonly Segment[];
}

/** Of what is read; more than any event needs, and less than costs anything. */
const MAX_BYTES = 256 * 1024;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_SEGMENTS = 5000;
const MAX_FIELDS = 250;

const SEGMENT_NAME = /^[A-Z][A-Z0-9]{2}$/;
const LINE_END = /\r\n|\r|\n/;
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/**
 * Reads the segment MSH, and nothing else.
 *
 * @failure trigger/hl7-batch, trigger/hl7-malformed (no MSH to answer by)
 */
export function readHeader(bytes: Uint8Array): Outcome<Header> {
  // Byte for byte: every character set that is read here agrees with ASCII on separators and names.
  const start = Buffer.from(bytes.subarray(0, MAX_HEADER_BYTES)).toString('latin1');
  const text = start.startsWith(BYTE_ORDER_MARK) ? start.slice(3) : start;
  if (/^[FB]HS/.test(text)) return fail('trigger/hl7-batch');
  if (!text.startsWith('MSH')) return fail('trigger/hl7-malformed');
  const line = text.split(LINE_END, 1)[0] ?? '';
  const separators = separatorsOf(line);
  if (separators === undefined || line.length >= MAX_HEADER_BYTES - 3) {
    return fail('trigger/hl7-malformed');
  }
  const raw: Header = {
    name: 'MSH',
    separators,
    charset: 'utf-8',
    fields: line.slice(4).split(separators.field),
  };
  return raw.fields.length > MAX_FIELDS ? fail('trigger/hl7-malformed') : done(inItsCharset(raw));
}

/** The header once more, now that it has said how it is written; as far as that is known. */
function inItsCharset(raw: Header): Header {
  const named = charsetOf(repetitionsOf(raw, 18));
  const charset = named.ok ? named.value : 'utf-8';
  const decoder = new TextDecoder(charset);
  const fields = raw.fields.map((field) => decoder.decode(Buffer.from(field, 'latin1')));
  return { ...raw, charset, fields };
}

/**
 * Reads the segments of a message. Fields are taken apart only where somebody looks, so that long ones cost nothing.
 *
 * @failure edge/too-large, trigger/hl7-charset, trigger/hl7-malformed, trigger/hl7-batch (a second message in it)
 */
export function readMessage(header: Header, bytes: Uint8Array): Outcome<Message> {
  if (bytes.length > MAX_BYTES) return fail('edge/too-large');
  const names = repetitionsOf(header, 18);
  const charset = charsetOf(names);
  if (!charset.ok) return charset;
  const text = decoded(bytes, charset.value, isNamed(names));
  if (!text.ok) return text;
  const lines = text.value.split(LINE_END, MAX_SEGMENTS + 1);
  if (lines.length > MAX_SEGMENTS) return fail('trigger/hl7-malformed');

  const segments: Segment[] = [];
  for (const line of lines.slice(1).filter((each) => each !== '')) {
    const [name = '', ...fields] = line.split(header.separators.field, MAX_FIELDS + 2);
    if (name === 'MSH') return fail('trigger/hl7-batch');
    if (!SEGMENT_NAME.test(name) || fields.length > MAX_FIELDS) {
      return fail('trigger/hl7-malformed');
    }
    segments.push({ ...header, name, fields });
  }
  return done({ header, segments });
}
