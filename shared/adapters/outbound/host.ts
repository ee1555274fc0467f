import { isIP, isIPv6 } from 'node:net';

/** A host as somebody outside wrote it, read once: nothing after this looks at the spelling again. */
export type Host =
  | { readonly kind: 'address'; readonly address: string; readonly family: 4 | 6 }
  | { readonly kind: 'name'; readonly name: string };

/** With the dot of the root, which is taken off. */
const MAX_WRITTEN_CHARACTERS = 254;
const MAX_NAME_CHARACTERS = 253;
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Whatever would give a URL another part than its host, or be dropped or decoded by its parser. */
const FOREIGN = /[/\\?#@%:[\]\s]/;

/**
 * Reads a host in any spelling that a connection would understand: `2852039166`, `0xA9FEA9FE`, `0251.0376.43518` and
 * full-width digits are addresses and no names. Undefined when it is neither, and for addresses with a zone.
 *
 * @see https://url.spec.whatwg.org/#host-parsing
 */
export function readHost(text: string): Host | undefined {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  const isSix = isIPv6(bare);
  if (text.length > MAX_WRITTEN_CHARACTERS || (!isSix && FOREIGN.test(text))) return undefined;
  const url = URL.parse(isSix ? `http://[${bare}]/` : `http://${text}/`);
  return url ? hostOf(url.hostname) : undefined;
}

function hostOf(hostname: string): Host | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 4 || family === 6) return { kind: 'address', address, family };
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  const fits = name.length <= MAX_NAME_CHARACTERS && name.split('.').every(isLabel);
  return fits ? { kind: 'name', name } : undefined;
}

const isLabel = (label: string): boolean => LABEL.test(label);
