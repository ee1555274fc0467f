import { childrenOf, readDer, readOid, TAG, type Der } from '../../../shared/trust/der.ts';

/** RFC 4514 section 3. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.6': 'C',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
};

/** Text as it may stand in a name; Teletex is read as Latin-1, as everybody does. */
const TEXTS: Readonly<Record<number, (bytes: Buffer) => string>> = {
  0x0c: (bytes) => bytes.toString('utf8'),
  0x12: (bytes) => bytes.toString('latin1'),
  0x13: (bytes) => bytes.toString('latin1'),
  0x14: (bytes) => bytes.toString('latin1'),
  0x16: (bytes) => bytes.toString('latin1'),
  0x1a: (bytes) => bytes.toString('latin1'),
  0x1e: (bytes) =>
    bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : '\u{fffd}',
};

/**
 * A distinguished name as a text, its last part first: `CN=Berg,O=Clinic,C=US`. What has no short name there is written
 * by its OID, its value in hex.
 *
 * @param name DER, as a certificate was read from it
 * @see RFC 4514 section 2
 */
export const rfc4514 = (name: Uint8Array): string =>
  childrenOf(readDer(name))
    .map((set) => childrenOf(set, TAG.set).map(attribute).join('+'))
    .toReversed()
    .join(',');

function attribute(der: Der): string {
  const [type, value] = childrenOf(der);
  const oid = readOid(type);
  const name = SHORT_NAMES[oid];
  const text = value && TEXTS[value.tag]?.(Buffer.from(value.content));
  if (name !== undefined && text !== undefined) return `${name}=${escaped(text)}`;
  return `${name ?? oid}=#${Buffer.from(value?.raw ?? []).toString('hex')}`;
}

/** Control characters are written in hex as well: a name must not break a line. */
const escaped = (text: string): string =>
  text.replace(/^[ #]|[\\"+,;<>]| $/g, String.raw`\$&`).replace(/\p{Cc}/gu, (control) =>
    Buffer.from(control)
      .toString('hex')
      .replace(/../g, String.raw`\$&`),
  );
