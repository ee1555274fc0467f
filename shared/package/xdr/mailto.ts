import { parseDirectAddress, type DirectAddress } from '../../ids.ts';

/** What has a meaning of its own in a URL, of all that an address may hold. */
const MARKS = /[%/?#&=^`{|}]/g;

/** @see RFC 6068 section 2 */
export const mailtoOf = (address: DirectAddress): string =>
  `mailto:${address.replace(MARKS, encodeURIComponent)}`;

/** An address with `mailto:` before it or without, as both are in use; undefined when it is none. */
export function addressIn(text: string): DirectAddress | undefined {
  const said = text.trim();
  const bare = /^mailto:/i.test(said) ? decoded(said.slice('mailto:'.length)) : said;
  const address = parseDirectAddress(bare);
  return address.ok ? address.value : undefined;
}

/** As it stands when its escapes are none. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
