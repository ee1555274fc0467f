export const TAG = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
  /** [0] IMPLICIT of a primitive type. */
  implicit0: 0x80,
  /** [0] of a constructed type, or EXPLICIT. */
  constructed0: 0xa0,
  constructed1: 0xa1,
  constructed2: 0xa2,
  constructed3: 0xa3,
} as const;

/** An identifier octet and a definite length. */
function derHead(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(tag, 0x80 | digits.length, ...digits);
}

export const der = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  derOpen(tag, contents, 0);

/** A value of which the last `comingBytes` bytes are still to come: what a long content is framed with. */
export function derOpen(
  tag: number,
  contents: readonly Uint8Array[],
  comingBytes: number,
): Uint8Array {
  const length = contents.reduce((sum, each) => sum + each.length, comingBytes);
  return Buffer.concat([derHead(tag, length), ...contents]);
}

/** SET OF, in the order that DER asks for. */
export const derSetOf = (members: readonly Uint8Array[]): Uint8Array =>
  der(TAG.set, ...members.toSorted((left, right) => Buffer.compare(left, right)));

/** As written before: what is written are a few names that stand in the code. */
const WRITTEN_OIDS = new Map<string, Uint8Array>();

export function derOid(dotted: string): Uint8Array {
  const written = WRITTEN_OIDS.get(dotted) ?? encodedOid(dotted);
  WRITTEN_OIDS.set(dotted, written);
  return written;
}

function encodedOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** The digits of an arc to the base of 128, all but the last with the high bit set. */
function base128(arc: number): readonly number[] {
  const digits = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift(128 + (rest % 128));
  }
  return digits;
}

/** Attributes are signed under the tag of the SET that they are, not under the one they travel with (RFC 5652 section 5.4). */
export const asSet = (attributes: Uint8Array): Uint8Array => retagged(attributes, TAG.set);

/** The same value under another tag: what IMPLICIT does. */
export function retagged(value: Uint8Array, tag: number): Uint8Array {
  const copy = Uint8Array.from(value);
  copy[0] = tag;
  return copy;
}
