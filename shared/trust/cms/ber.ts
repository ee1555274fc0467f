import { TAG } from './der.ts';

/** One BER value: where it lies, and for a constructed one what it holds. */
export interface Ber {
  /** The identifier octet, class and constructed bit included. */
  readonly tag: number;
  /** The whole value as it stands. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  readonly children: readonly Ber[];
}

const CONSTRUCTED = 0x20;
const DEEPEST = 32;
/** A 40 MB message of some senders is a string of 40,000 pieces of 1,000 bytes. */
const MOST_VALUES = 100_000;
/** Names of recipients take some 14 bytes for a value. Of small ones there are no more, or reading them would cost more than decrypting. */
const FEWEST_BYTES_A_VALUE = 8;
const ALWAYS_READ_VALUES = 1000;

/** Values of which there may be thousands, and which somebody else reads: those right inside a certain other one. */
export interface LeftShut {
  /** The identifier octet of the value around them, and how many values are around that one. */
  readonly insideTag: number;
  readonly insideLevel: number;
}

/**
 * Reads one value that fills the bytes exactly: BER or DER, definite or indefinite lengths.
 * Depth and number of values are bounded, the number also by the size, and nothing is copied.
 *
 * @param leftShut are given without children, if their length is definite
 * @returns undefined when the bytes are not that
 */
export function readBer(bytes: Uint8Array, leftShut?: LeftShut): Ber | undefined {
  const most = ALWAYS_READ_VALUES + Math.floor(bytes.length / FEWEST_BYTES_A_VALUE);
  const source = { bytes, leftShut, valuesLeft: Math.min(most, MOST_VALUES) };
  const value = readValue(source, 0, bytes.length, DEEPEST, false);
  return value?.raw.length === bytes.length ? value : undefined;
}

interface Source {
  readonly bytes: Uint8Array;
  readonly leftShut: LeftShut | undefined;
  valuesLeft: number;
}

function readValue(
  source: Source,
  start: number,
  end: number,
  depth: number,
  shut: boolean,
): Ber | undefined {
  const { bytes } = source;
  const tag = bytes[start] ?? 0;
  // Tag numbers above 30 do not occur in CMS or certificates.
  if (depth === 0 || --source.valuesLeft < 0 || start >= end || (tag & 31) === 31) return undefined;
  const length = readLength(bytes, start + 1, end);
  if (!length) return undefined;

  const contentEnd = length.bytes === undefined ? undefined : length.after + length.bytes;
  if ((tag & CONSTRUCTED) !== 0 && !(shut && contentEnd !== undefined)) {
    const frame = { from: length.after, contentEnd, end, depth, shut: shuts(source, tag, depth) };
    const inside = readChildren(source, frame);
    if (!inside) return undefined;
    const raw = bytes.subarray(start, inside.after);
    return {
      tag,
      raw,
      content: bytes.subarray(length.after, inside.contentEnd),
      children: inside.children,
    };
  }
  if (contentEnd === undefined || contentEnd > end) return undefined;
  const content = bytes.subarray(length.after, contentEnd);
  return { tag, raw: bytes.subarray(start, contentEnd), content, children: [] };
}

const shuts = ({ leftShut }: Source, tag: number, depth: number): boolean =>
  leftShut?.insideTag === tag && leftShut.insideLevel === DEEPEST - depth;

interface Frame {
  readonly from: number;
  readonly contentEnd: number | undefined;
  readonly end: number;
  readonly depth: number;
  readonly shut: boolean;
}

interface Inside {
  readonly children: readonly Ber[];
  readonly contentEnd: number;
  readonly after: number;
}

/** Values up to `contentEnd`, or when that is not given, up to the two zero octets that end an indefinite length. */
function readChildren(
  source: Source,
  { from, contentEnd, end, depth, shut }: Frame,
): Inside | undefined {
  const children: Ber[] = [];
  let at = from;
  if ((contentEnd ?? end) > end) return undefined;
  while (at !== contentEnd) {
    if (contentEnd === undefined && source.bytes[at] === 0 && source.bytes[at + 1] === 0) {
      return at + 2 <= end ? { children, contentEnd: at, after: at + 2 } : undefined;
    }
    const child = readValue(source, at, contentEnd ?? end, depth - 1, shut);
    if (!child) return undefined;
    children.push(child);
    at += child.raw.length;
  }
  return { children, contentEnd: at, after: at };
}

/** `bytes` is absent for the indefinite form. */
function readLength(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly bytes?: number; readonly after: number } | undefined {
  const first = bytes[at];
  if (first === undefined || at >= end) return undefined;
  if (first < 0x80) return { bytes: first, after: at + 1 };
  if (first === 0x80) return { after: at + 1 };
  const digits = first & 0x7f;
  if (digits > 5 || at + 1 + digits > end) return undefined;
  let length = 0;
  for (let index = 1; index <= digits; index++) length = length * 256 + (bytes[at + index] ?? 0);
  return { bytes: length, after: at + 1 + digits };
}

/** The pieces of a string of octets, be it in one piece or in many, nested or not. */
export function octetChunks(value: Ber): readonly Uint8Array[] | undefined {
  const chunks: Uint8Array[] = [];
  return collectOctets(value, chunks) ? chunks : undefined;
}

function collectOctets(value: Ber, into: Uint8Array[]): boolean {
  if ((value.tag & CONSTRUCTED) === 0) {
    into.push(value.content);
    return true;
  }
  return value.children.every(
    (child) => (child.tag & ~CONSTRUCTED) === TAG.octetString && collectOctets(child, into),
  );
}

/** An INTEGER from 0 to 32,767; undefined when the value is none. */
export function smallIntegerOf(value: Ber): number | undefined {
  const [high = 0, low] = value.content;
  if (value.tag !== TAG.integer || value.content.length > 2 || high > 127) return undefined;
  return low === undefined ? high : high * 256 + low;
}

/** An OBJECT IDENTIFIER in dotted form; empty when the value is none. */
export function oidOf(value: Ber | undefined): string {
  const octets = value?.tag === TAG.oid ? value.content : new Uint8Array();
  if (octets.length === 0 || octets.length > 32 || (octets.at(-1) ?? 0) > 127) return '';
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of octets) {
    arc = arc * 128 + (octet & 127);
    if (octet < 128) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [both = 0, ...rest] = arcs;
  const first = Math.min(Math.floor(both / 40), 2);
  return [first, both - first * 40, ...rest].join('.');
}
