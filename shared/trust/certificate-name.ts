import { isAllSeen } from '../characters.ts';
import { childrenOf, NotDer, readOid, TAG, type Der } from './der.ts';

const ORGANIZATION = '2.5.4.10';

/** Which text encodings a name may use, and how each is read. Teletex is read as Latin-1, as everybody does. */
const READERS: Readonly<Record<number, (bytes: Buffer) => string>> = {
  0x0c: (bytes) => bytes.toString('utf8'),
  0x12: (bytes) => bytes.toString('latin1'),
  0x13: (bytes) => bytes.toString('latin1'),
  0x14: (bytes) => bytes.toString('latin1'),
  0x16: (bytes) => bytes.toString('latin1'),
  0x1a: (bytes) => bytes.toString('latin1'),
  0x1e: (bytes) => (bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : ''),
};

export interface DistinguishedName {
  /** DER. */
  readonly der: Uint8Array;
  /**
   * Equal for names that RFC 5280 holds to be equal: case, spacing and text encoding do not count. It only finds the
   * certificates that may have issued one another; that one did is proved by its signature alone.
   */
  readonly comparable: string;
  readonly isEmpty: boolean;
  readonly organization?: string;
}

export function readName(der: Der): DistinguishedName {
  const relative = childrenOf(der).map((set) => childrenOf(set, TAG.set).map(readAttribute));
  const sorted = relative.map((set) => set.map(({ key }) => key).sort());
  const organization = relative.flat().find(({ type }) => type === ORGANIZATION)?.text;
  const name = { der: der.raw, comparable: JSON.stringify(sorted), isEmpty: relative.length === 0 };
  return organization && isShowable(organization) ? { ...name, organization } : name;
}

function readAttribute(attribute: Der): { type: string; text?: string; key: string } {
  const [typeDer, value, ...rest] = childrenOf(attribute);
  if (!value || rest.length > 0) throw new NotDer('attribute');
  const type = readOid(typeDer);
  const text = READERS[value.tag]?.(Buffer.from(value.content));
  if (text === undefined) {
    return { type, key: `${type}#${Buffer.from(value.raw).toString('hex')}` };
  }
  const folded = text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
  return { type, text, key: `${type}=${folded}` };
}

/** Shown to people later on, or not at all: half a name, or one that reads backwards, would be somebody else's. */
const isShowable = (text: string): boolean => text.length <= 200 && isAllSeen(text);
