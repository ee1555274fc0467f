import { readName, type DistinguishedName } from './certificate-name.ts';
import { childrenOf, expectTag, NotDer, readOid, type Der } from './der.ts';

/** A name in one of the forms that certificates know, read and not checked for being a good one of its kind. */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  /** 4 or 16 octets in a good address; in a constraint twice as many, address and mask. */
  | { readonly kind: 'ip'; readonly bytes: Uint8Array }
  | { readonly kind: 'directory'; readonly name: DistinguishedName }
  /** Forms of which nothing is made here; the tag tells one form from another. */
  | { readonly kind: 'other'; readonly tag: number; readonly der: Uint8Array };

const TEXTS: Readonly<Record<number, 'email' | 'dns' | 'uri'>> = {
  0x81: 'email',
  0x82: 'dns',
  0x86: 'uri',
};
const IP = 0x87;
const DIRECTORY = 0xa4;
const OTHER_NAME = 0xa0;
/** Beside it x400Address, ediPartyName and registeredID. */
const OTHERS = [OTHER_NAME, 0xa3, 0xa5, 0x88];

/**
 * Reads a GeneralName.
 *
 * @param mayBeEmpty in a constraint, where a text without characters stands for all there are
 * @see RFC 5280 section 4.2.1.6
 */
export function readGeneralName(der: Der, mayBeEmpty = false): GeneralName {
  const kind = TEXTS[der.tag];
  if (kind) return { kind, text: textOf(der, kind === 'uri', mayBeEmpty) };
  if (der.tag === IP) return { kind: 'ip', bytes: der.content };
  if (der.tag === DIRECTORY) return { kind: 'directory', name: readDirectoryName(der) };
  if (!OTHERS.includes(der.tag)) throw new NotDer('name of no known form');
  if (der.tag === OTHER_NAME) checkOtherName(der);
  return { kind: 'other', tag: der.tag, der: der.raw };
}

/** What it says is not looked at, but that it is one: what others cannot read must not pass for a name here. */
function checkOtherName(der: Der): void {
  const [form, value, ...rest] = childrenOf(der, OTHER_NAME);
  readOid(form);
  if (rest.length > 0 || childrenOf(expectTag(value, 0xa0), 0xa0).length !== 1) {
    throw new NotDer('other name');
  }
}

/** Name is a CHOICE, so its tag stands around it and does not take the place of its own. */
function readDirectoryName(der: Der): DistinguishedName {
  const [name, ...rest] = childrenOf(der, DIRECTORY);
  if (!name || rest.length > 0) throw new NotDer('directory name');
  return readName(name);
}

/**
 * A name with a zero octet or another control character reads differently to different eyes: refused. A URI may have
 * blanks, for some issuers write those of their directory's names into it as they are.
 */
function textOf({ content }: Der, mayHaveBlanks: boolean, mayBeEmpty: boolean): string {
  const text = Buffer.from(content).toString('latin1');
  const isText = mayHaveBlanks ? /^[\x20-\x7e]*$/ : /^[\x21-\x7e]*$/;
  if (!isText.test(text) || (text === '' && !mayBeEmpty)) throw new NotDer('name');
  return text;
}

/** The texts of one kind among names, in order. */
export const textsOf = (
  names: readonly GeneralName[],
  kind: 'email' | 'dns' | 'uri',
): readonly string[] => names.flatMap((name) => (name.kind === kind ? [name.text] : []));
