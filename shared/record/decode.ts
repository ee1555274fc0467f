import { done, fail, type Outcome, type Refused } from '../outcome.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252' | 'us-ascii';

/** A chunk is the unit in which a document is decoded, parsed and judged. */
export const CHUNK_BYTES = 16_384;

/** An XML declaration ends within its first so many characters; the longest real one has about sixty. */
const MAX_DECLARATION = 256;

const BYTE_ENCODINGS = new Map<string, Encoding>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
]);

/**
 * Decodes a document, a chunk at a time, by its byte order mark and XML declaration. A byte order mark stays in the text.
 * Nothing is guessed: mark and declaration must agree, and a byte that the encoding does not have ends the decoding.
 *
 * @failure record/bad-encoding
 */
export function* decoded(bytes: Uint8Array): Generator<Outcome<string>, void> {
  const encoding = encodingOf(bytes);
  if (!encoding.ok) return yield encoding;
  const decode = decoderFor(encoding.value);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const text = decode(bytes.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= bytes.length);
    yield text;
    if (!text.ok) return;
  }
}

function encodingOf(bytes: Uint8Array): Outcome<Encoding> {
  const marked = markedEncoding(bytes);
  const declared = declaredEncoding(headOf(bytes, marked));
  if (declared === 'unreadable') return badEncoding();
  if (!marked) {
    const encoding = BYTE_ENCODINGS.get(declared ?? 'utf-8');
    return encoding ? done(encoding) : badEncoding();
  }
  const agreed = marked === 'utf-8' ? ['utf-8', 'utf8'] : ['utf-16', marked];
  return declared === undefined || agreed.includes(declared) ? done(marked) : badEncoding();
}

function markedEncoding([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** The first characters, without the mark. All that a declaration may hold is ASCII. */
function headOf(bytes: Uint8Array, marked: Encoding | undefined): string {
  if (!marked) return latin1(bytes.subarray(0, MAX_DECLARATION));
  if (marked === 'utf-8') return latin1(bytes.subarray(3, 3 + MAX_DECLARATION));
  return new TextDecoder(marked).decode(bytes.subarray(0, 2 + 2 * MAX_DECLARATION));
}

/** In lower case; `unreadable` when the declaration has no end. */
function declaredEncoding(head: string): string | undefined {
  if (!/^<\?xml[ \t\r\n]/.test(head)) return undefined;
  const end = head.indexOf('?>');
  if (end < 0) return 'unreadable';
  const named = /[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["']/.exec(head.slice(0, end));
  return named?.[1]?.toLowerCase();
}

type Decode = (chunk: Uint8Array, last: boolean) => Outcome<string>;

function decoderFor(encoding: Encoding): Decode {
  // The platform reads the label iso-8859-1 as windows-1252, so these two are decoded by hand.
  if (encoding === 'iso-8859-1') return (chunk) => done(latin1(chunk));
  if (encoding === 'us-ascii') {
    return (chunk) => (chunk.some((byte) => byte > 0x7f) ? badEncoding() : done(latin1(chunk)));
  }
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (chunk, last) => {
    try {
      return done(decoder.decode(chunk, { stream: !last }));
    } catch {
      return badEncoding();
    }
  };
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

const badEncoding = (): Refused => fail('record/bad-encoding');
