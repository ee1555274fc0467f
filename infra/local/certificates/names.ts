import * as asn1js from 'asn1js';

/** One relative name of a distinguished one. */
export interface NamePart {
  /** OID. */
  readonly type: string;
  readonly text: string;
  /** UTF8String unless given. */
  readonly encoding?: 'utf8' | 'printable' | 'ia5' | 'bmp' | 'universal';
}

/** An alternative name, or the base of a subtree, of whatever form. */
export type AnyName =
  | { readonly email: string }
  | { readonly dns: string }
  | { readonly uri: string }
  /** Address, or address and mask. */
  | { readonly ip: Uint8Array }
  | { readonly directory: readonly NamePart[] }
  /** A user principal name, which is an otherName. */
  | { readonly principal: string }
  /** SmtpUTF8Mailbox, an otherName for an address with letters of all scripts before the at sign. */
  | { readonly mailbox: string };

export const COUNTRY = '2.5.4.6';
export const ORGANIZATION = '2.5.4.10';
export const UNIT = '2.5.4.11';
export const COMMON_NAME = '2.5.4.3';
export const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

const PRINCIPAL_NAME = '1.3.6.1.4.1.311.20.2.3';
const UTF8_MAILBOX = '1.3.6.1.5.5.7.8.9';

export const encodeName = (parts: readonly NamePart[]): asn1js.Sequence =>
  new asn1js.Sequence({ value: parts.map(relativeName) });

const relativeName = ({ type, text, encoding }: NamePart): asn1js.Set =>
  new asn1js.Set({
    value: [
      new asn1js.Sequence({
        value: [new asn1js.ObjectIdentifier({ value: type }), encodeText(text, encoding)],
      }),
    ],
  });

function encodeText(value: string, encoding: NamePart['encoding'] = 'utf8'): asn1js.BaseBlock {
  switch (encoding) {
    case 'utf8':
      return new asn1js.Utf8String({ value });
    case 'printable':
      return new asn1js.PrintableString({ value });
    case 'ia5':
      return new asn1js.IA5String({ value });
    case 'bmp':
      return new asn1js.BmpString({ value });
    case 'universal':
      return new asn1js.UniversalString({ value });
  }
}

export function encodeAnyName(name: AnyName): asn1js.BaseBlock {
  if ('email' in name) return primitive(1, Buffer.from(name.email));
  if ('dns' in name) return primitive(2, Buffer.from(name.dns));
  if ('uri' in name) return primitive(6, Buffer.from(name.uri));
  if ('ip' in name) return primitive(7, name.ip);
  if ('directory' in name) return constructed(4, [encodeName(name.directory)]);
  return 'principal' in name
    ? otherName(PRINCIPAL_NAME, name.principal)
    : otherName(UTF8_MAILBOX, name.mailbox);
}

const otherName = (oid: string, text: string): asn1js.Constructed =>
  constructed(0, [
    new asn1js.ObjectIdentifier({ value: oid }),
    constructed(0, [new asn1js.Utf8String({ value: text })]),
  ]);

const primitive = (tagNumber: number, valueHex: Uint8Array): asn1js.Primitive =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex });

const constructed = (tagNumber: number, value: asn1js.BaseBlock[]): asn1js.Constructed =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
