/** One element of DER: its first octet, what it holds, and all of it. */
export interface Der {
  /** Class, constructed bit and number in one: 0x30 is a SEQUENCE, 0xa3 is [3] around something. */
  readonly tag: number;
  readonly content: Uint8Array;
  readonly raw: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** What is wrong with bytes that should be DER. Caught where a certificate is read; it says nothing of the bytes. */
export class NotDer extends Error {}

/** @throws NotDer when the bytes are not one element and nothing else */
export function readDer(bytes: Uint8Array, tag?: number): Der {
  const der = elementAt(bytes, 0);
  if (der.raw.length !== bytes.length) throw new NotDer('trailing bytes');
  return tag === undefined ? der : expectTag(der, tag);
}

/**
 * The elements that one holds, in order.
 *
 * @param most where the bytes are so many that an object for each element could fill the memory
 */
export function childrenOf(parent: Der, tag: number = TAG.sequence, most = Infinity): Der[] {
  const { content } = expectTag(parent, tag);
  const children: Der[] = [];
  for (let offset = 0; offset < content.length; offset += children.at(-1)!.raw.length) {
    if (children.length === most) throw new NotDer('too many elements');
    children.push(elementAt(content, offset));
  }
  return children;
}

export function expectTag(der: Der | undefined, tag: number): Der {
  if (der?.tag !== tag) throw new NotDer(`tag ${der?.tag} where ${tag} belongs`);
  return der;
}

function elementAt(bytes: Uint8Array, offset: number): Der {
  const { tag, start, end } = spanAt(bytes, offset);
  return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(offset, end) };
}

/** Where the content of an element lies. */
export interface Span {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds an element among many, where making an object of each would cost too much.
 *
 * @param limit where the bytes that hold it end
 */
export function spanAt(bytes: Uint8Array, offset: number, limit: number = bytes.length): Span {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) throw new NotDer('too short');
  if ((tag & 0x1f) === 0x1f) throw new NotDer('long tag');
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  const start = offset + 2 + lengthOctets;
  const length = first < 0x80 ? first : longLength(bytes.subarray(offset + 2, start), lengthOctets);
  if (start + length > limit) throw new NotDer('longer than its frame');
  return { tag, start, end: start + length };
}

/** One to three octets and no more than needed; 0x80 alone would be BER's indefinite form. */
function longLength(octets: Uint8Array, count: number): number {
  if (count < 1 || count > 3 || octets.length !== count) throw new NotDer('length of length');
  const length = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  if (length < 0x80 || octets[0] === 0) throw new NotDer('length not shortest');
  return length;
}

/** The element that holds these octets. */
export function writeDer(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const octets = length < 0x80 ? [length] : [0x83, length >> 16, (length >> 8) & 255, length & 255];
  if (length >= 0x80) {
    while (octets[1] === 0) octets.splice(1, 1);
    octets[0] = 0x7f + octets.length;
  }
  return Uint8Array.from([tag, ...octets, ...content]);
}

export function readBoolean(der: Der): boolean {
  const { content } = expectTag(der, TAG.boolean);
  if (content.length !== 1) throw new NotDer('boolean');
  return content[0] !== 0;
}

/** A small INTEGER, 0 to 2^31, in as few octets as it needs. @param tag for one that is tagged implicitly */
export function readCount(der: Der, tag: number = TAG.integer): number {
  const { content } = expectTag(der, tag);
  const [first, second] = content;
  const isPadded = first === 0 && second !== undefined && second < 0x80;
  if (first === undefined || first >= 0x80 || isPadded || content.length > 4) {
    throw new NotDer('integer');
  }
  return content.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** A BIT STRING of whole octets unless `unusedBits` may be other than 0. Those are zeros: others read them as such. */
export function readBits(der: Der, mayBeOdd = false): Uint8Array {
  const { content } = expectTag(der, TAG.bitString);
  const unusedBits = content[0];
  const fits = unusedBits !== undefined && unusedBits <= (mayBeOdd ? 7 : 0);
  if (!fits || (content.length === 1 && unusedBits > 0)) throw new NotDer('bit string');
  if ((content.at(-1)! & ((1 << unusedBits) - 1)) !== 0) throw new NotDer('unused bits');
  return content.subarray(1);
}

/** An arc of 128 bits, as OIDs made from UUIDs have; more than anybody has registered. */
const MAX_ARC_OCTETS = 19;
/** Of seven bits each, that a number holds exactly. */
const MAX_NUMBER_OCTETS = 7;

/** Dotted decimals. Written octet by octet: a certificate may hold thousands of them. */
export function readOid(der: Der | undefined): string {
  const { content } = expectTag(der, TAG.oid);
  let text = '';
  for (let start = 0; start < content.length;) {
    const end = endOfArc(content, start);
    const arc = arcIn(content, start, end);
    text += start === 0 ? firstArcs(arc) : `.${arc}`;
    start = end;
  }
  if (text === '') throw new NotDer('empty OID');
  return text;
}

function endOfArc(octets: Uint8Array, start: number): number {
  for (let at = start; at < octets.length; at += 1) if (octets[at]! < 0x80) return at + 1;
  throw new NotDer('OID cut');
}

function arcIn(octets: Uint8Array, start: number, end: number): number | bigint {
  if (octets[start] === 0x80) throw new NotDer('OID arc not shortest');
  if (end - start > MAX_ARC_OCTETS) throw new NotDer('OID arc');
  if (end - start > MAX_NUMBER_OCTETS) {
    return octets.subarray(start, end).reduce((sum, each) => sum * 128n + BigInt(each & 0x7f), 0n);
  }
  let arc = 0;
  for (let at = start; at < end; at += 1) arc = arc * 128 + (octets[at]! & 0x7f);
  return arc;
}

/** The first two arcs stand in one; only below 2 the second has a limit. */
function firstArcs(both: number | bigint): string {
  if (both >= 80) return `2.${BigInt(both) - 80n}`;
  const root = Math.floor(Number(both) / 40);
  return `${root}.${Number(both) - root * 40}`;
}
