/**
 * Reads BER as LDAP uses it: definite lengths, which servers need not write in their shortest form.
 *
 * @see RFC 4511 section 5.1
 */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** What is wrong with bytes that should be LDAP. Caught where an answer is awaited; it says nothing of the bytes. */
export class NotLdap extends Error {}

/**
 * How long the element is that the bytes begin with, its head included.
 *
 * @returns undefined while too little has come to tell
 * @throws NotLdap on a length that is indefinite or has more than four octets
 */
export function lengthOf(bytes: Buffer): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const octets = first & 0x7f;
  if (octets < 1 || octets > 4) throw new NotLdap('length of length');
  return bytes.length < 2 + octets ? undefined : 2 + octets + bytes.readUIntBE(2, octets);
}

/** Of one list. Two octets on the wire are a hundred times as much here. */
export const MOST_ELEMENTS = 10_000;

/** @throws NotLdap unless the bytes are whole elements, at most that many, and nothing else */
export function elementsIn(bytes: Buffer, most: number = MOST_ELEMENTS): Element[] {
  const elements: Element[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const length = lengthOf(rest);
    if (length === undefined || length > rest.length) throw new NotLdap('longer than its frame');
    if (elements.length === most) throw new NotLdap('too many');
    const lengthOctets = rest[1]! < 0x80 ? 0 : rest[1]! & 0x7f;
    elements.push({ tag: rest[0]!, content: rest.subarray(2 + lengthOctets, length) });
    rest = rest.subarray(length);
  }
  return elements;
}

/** @throws NotLdap when there is no such element or it has another tag */
export function contentOf(element: Element | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new NotLdap('another element');
  return element.content;
}

/** @throws NotLdap unless the element is a number of one to four octets, not below zero */
export function numberOf(element: Element | undefined, tag: number): number {
  const content = contentOf(element, tag);
  if (content.length < 1 || content.length > 4 || content[0]! > 0x7f) throw new NotLdap('number');
  return content.readUIntBE(0, content.length);
}
