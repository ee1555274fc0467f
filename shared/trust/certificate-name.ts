import { isUtf8 } from 'node:buffer';
import { isAllSeen } from '../characters.ts';
import { childrenOf, NotDer, readDer, readOid, TAG, writeDer, type Der } from './der.ts';

const ORGANIZATION = '2.5.4.10';
const COMMON_NAME = '2.5.4.3';
const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

/** Which text encodings a name may use, and how each is read. Teletex is read as Latin-1, as everybody does. */
const READERS: Readonly<Record<number, (bytes: Buffer) => string | undefined>> = {
  0x0c: (bytes) => (isUtf8(bytes) ? bytes.toString('utf8') : undefined),
  0x12: (bytes) => bytes.toString('latin1'),
  0x13: (bytes) => bytes.toString('latin1'),
  0x14: (bytes) => bytes.toString('latin1'),
  0x16: (bytes) => bytes.toString('latin1'),
  0x1a: (bytes) => bytes.toString('latin1'),
  0x1c: readUniversal,
  0x1e: (bytes) =>
    bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : undefined,
};

/** Four octets for each character. */
function readUniversal(bytes: Buffer): string | undefined {
  const codes = Array.from({ length: Math.ceil(bytes.length / 4) }, (_, at) =>
    bytes.length % 4 === 0 ? bytes.readUInt32BE(at * 4) : Infinity,
  );
  return codes.every((code) => code <= 0x10ffff) ? String.fromCodePoint(...codes) : undefined;
}

export interface DistinguishedName {
  /** DER. */
  readonly der: Uint8Array;
  /**
   * Equal for names that RFC 5280 holds to be equal: case, spacing and text encoding do not count. It only finds the
   * certificates that may have issued one another; that one did is proved by its signature alone.
   */
  readonly comparable: string;
  /** One such text for each of the relative names of which it is made, in order. */
  readonly relative: readonly string[];
  readonly isEmpty: boolean;
  readonly organization?: string;
  /** The last, where there are several: names go from the widest to the narrowest. */
  readonly commonName?: string;
  /** What older certificates have in the place of an alternative name. */
  readonly emailAddresses: readonly string[];
}

export function readName(der: Der): DistinguishedName {
  const sets = childrenOf(der).map((set) => childrenOf(set, TAG.set).map(readAttribute));
  if (sets.some(({ length }) => length === 0)) throw new NotDer('relative name of nothing');
  const relative = sets.map((set) => JSON.stringify(set.map(({ key }) => key).sort()));
  const attributes = sets.flat();
  const organization = attributes.find(({ type }) => type === ORGANIZATION)?.text;
  const commonName = attributes.findLast(({ type }) => type === COMMON_NAME)?.text;
  const emails = attributes.filter(({ type }) => type === EMAIL_ADDRESS);
  return {
    der: der.raw,
    comparable: relative.join(),
    relative,
    isEmpty: relative.length === 0,
    emailAddresses: emails.map(({ text }) => text ?? ''),
    ...(organization && isShowable(organization) ? { organization } : {}),
    ...(commonName && isShowable(commonName) ? { commonName } : {}),
  };
}

/** A name below another one. @param relative content of the relative name that is added, without its tag */
export const joinName = ({ der }: DistinguishedName, relative: Uint8Array): DistinguishedName => {
  const above = readDer(der, TAG.sequence).content;
  const below = writeDer(TAG.set, relative);
  return readName(readDer(writeDer(TAG.sequence, Buffer.concat([above, below]))));
};

interface Attribute {
  readonly type: string;
  /** Absent when it cannot be read as text. */
  readonly text?: string;
  readonly key: string;
}

function readAttribute(attribute: Der): Attribute {
  const [typeDer, value, ...rest] = childrenOf(attribute);
  if (!value || rest.length > 0) throw new NotDer('attribute');
  const type = readOid(typeDer);
  const text = READERS[value.tag]?.(Buffer.from(value.content));
  if (text === undefined) {
    return { type, key: `${type}#${Buffer.from(value.raw).toString('hex')}` };
  }
  return { type, text, key: `${type}=${fold(text)}` };
}

/** Characters that nobody sees, most of which RFC 4518 maps to nothing; controls among them, but for those that are blanks. */
const UNSEEN = /[[\p{Default_Ignorable_Code_Point}\p{Cc}]--[\t-\r\x85]]/gv;

/** To upper case first: then the sharp s and the two letters that it stands for come out the same. */
const fold = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/[\s\x85]+/g, ' ')
    .trim();

/** Shown to people later on, or not at all: half a name, or one that reads backwards, would be somebody else's. */
const isShowable = (text: string): boolean => text.length <= 200 && isAllSeen(text);
