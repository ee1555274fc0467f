import { readFileSync } from 'node:fs';
import { readXdr, xdrEntity } from '../../../shared/package/xdr/read-xdr.ts';
import type { XdrRequest } from '../../../shared/package/xdr/xdr.ts';
import { SHARED } from '../../support/present.ts';

export const SOAP_TYPE = 'application/soap+xml; charset=UTF-8';
export const ACTION = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b';

const FILLED: Readonly<Record<string, string>> = {
  DIRECT_FROM: 'mailto:sender@edge.example',
  DIRECT_TO: 'mailto:dr.kim@clinic.example',
  DIRECT_RECIPIENT: 'mailto:dr.kim@clinic.example',
  DIRECT_RELATESTO: 'mid:abc@green.example',
  WSA_TO: 'https://hisp.example/v1/xdr',
  MESSAGE_ID: 'urn:uuid:066956f1-5b37-45df-9997-40f8e71d05b3',
  UNIQUE_ID_SS: '2.25.1234567890',
  ENTRY_UUID: 'urn:uuid:ab68f810-0d5e-4ee2-b529-8d0ae1229056',
};

/** A file of the foreign data as it lies. */
export const vector = (name: string): string =>
  readFileSync(`${SHARED}/vectors/xdr/${name}`, 'utf8');

/** A template of the foreign data with addresses and ids in it. */
export const filled = (name: string): string =>
  vector(name).replace(/#([A-Z_]+)#/g, (_, key: string) => FILLED[key] ?? '');

/** The parts of an MTOM request; whatever is not said is as it should be. */
export interface Mtom {
  readonly soap: string;
  readonly parts?: readonly { readonly id: string; readonly bytes: Uint8Array; readonly head?: string }[];
  readonly type?: string;
  readonly startHead?: string;
}

const BOUNDARY = 'MIMEBoundary_1';
export const MTOM_TYPE = `multipart/related; boundary="${BOUNDARY}"; type="application/xop+xml"; start="<root@edge.example>"; start-info="application/soap+xml"; action="${ACTION}"`;
const START_HEAD =
  'Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <root@edge.example>';

export function mtomBody({ soap, parts = [], startHead = START_HEAD }: Mtom): Buffer {
  const pieces = [`--${BOUNDARY}\r\n${startHead}\r\n\r\n`, soap].map((text) => Buffer.from(text));
  for (const { id, bytes, head } of parts) {
    const fields = head ?? 'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary';
    const fields2 = `${fields}\r\nContent-ID: <${id}>`;
    pieces.push(Buffer.from(`\r\n--${BOUNDARY}\r\n${fields2}\r\n\r\n`), Buffer.from(bytes));
  }
  return Buffer.concat([...pieces, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

export const mtom = (request: Mtom): Uint8Array =>
  xdrEntity(request.type ?? MTOM_TYPE, mtomBody(request));

export const plain = (soap: string | Uint8Array, type = SOAP_TYPE): Uint8Array =>
  xdrEntity(type, Buffer.from(soap));

/** The same request with its documents beside it. */
export function asMtom(soap: string): Mtom {
  const parts: { id: string; bytes: Uint8Array }[] = [];
  const included = soap.replace(
    /(<xdsb:Document\b[^>]*>)\s*([A-Za-z0-9+/=\s]+?)\s*(<\/xdsb:Document>)/g,
    (_, open: string, base64: string, close: string) => {
      const id = `document${parts.length + 1}@edge.example`;
      parts.push({ id, bytes: Buffer.from(base64, 'base64') });
      return `${open}<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${id}"/>${close}`;
    },
  );
  return { soap: included, parts };
}

export const read = (entity: Uint8Array): XdrRequest => {
  const request = readXdr(entity);
  if (!request.ok) throw new Error(`${request.failure.code} ${request.failure.detail ?? ''}`);
  return request.value;
};

/** The code with which it is refused; `read` when it is not. */
export const refusalOf = (entity: Uint8Array): string => {
  const request = readXdr(entity);
  return request.ok ? 'read' : request.failure.code;
};
