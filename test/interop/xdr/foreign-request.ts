import { createHash } from 'node:crypto';

/** What the templates of the foreign data leave open. */
export interface Blanks {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly relatesTo?: string;
}

export const BLANKS: Blanks = {
  from: 'sender@edge.example',
  to: 'dr.kim@clinic.example',
  messageId: 'urn:uuid:066956f1-5b37-45df-9997-40f8e71d05b3',
  relatesTo: 'mid:abc@green.example',
};

/** A template with everything in it. */
export function fill(template: string, { from, to, messageId, relatesTo }: Blanks): string {
  const values: Readonly<Record<string, string>> = {
    DIRECT_FROM: `mailto:${from}`,
    DIRECT_TO: `mailto:${to}`,
    DIRECT_RECIPIENT: `mailto:${to}`,
    DIRECT_RELATESTO: relatesTo ?? '',
    WSA_TO: 'https://hisp.example/v1/xdr',
    MESSAGE_ID: messageId,
    UNIQUE_ID_SS: '2.25.1234567890',
    ENTRY_UUID: 'urn:uuid:ab68f810-0d5e-4ee2-b529-8d0ae1229056',
  };
  return template.replaceAll(/#([A-Z_]+)#/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing is known of ${name}`);
    return value;
  });
}

const DOCUMENT = /(<xdsb:Document\b[^>]*>)\s*([A-Za-z0-9+/=\s]+?)\s*(<\/xdsb:Document>)/;

/** The document that lies in a request. */
export const documentIn = (soap: string): Buffer =>
  Buffer.from(DOCUMENT.exec(soap)?.[2] ?? '', 'base64');

/** What the metadata says of its document: hash and size, by default the right ones. */
export function withHash(soap: string, hash = sha1(documentIn(soap)), size?: number): string {
  const slots = slot('hash', hash) + slot('size', String(size ?? documentIn(soap).length));
  return soap.replace(/(<rim:ExtrinsicObject\b[^>]*>)/, `$1${slots}`);
}

const slot = (name: string, value: string): string =>
  `<rim:Slot name="${name}"><rim:ValueList><rim:Value>${value}</rim:Value></rim:ValueList></rim:Slot>`;

export const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';

/** The prefix that one sample uses and does not declare. */
export const withPrefixDeclared = (soap: string): string =>
  soap.replace('<s:Envelope', `<s:Envelope xmlns:env="${SOAP}"`);

/** More in the header. */
export const withHeader = (soap: string, header: string): string =>
  soap.replace('<wsa:To ', () => `${header}<wsa:To `);

/** Whoever the metadata is about, it is about this patient now. */
export const ofPatient = (
  soap: string,
  { system, value }: { system: string; value: string },
): string =>
  soap.replaceAll(
    /(?<=[>"])[^<>"^]{1,40}\^\^\^&amp;[\d.]+&amp;ISO/g,
    `${value}^^^&amp;${system}&amp;ISO`,
  );
