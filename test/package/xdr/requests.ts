import { readFileSync } from 'node:fs';
import type { MessageId } from '../../../shared/ids.ts';
import { packageXdr } from '../../../shared/package/xdr/package-xdr.ts';
import { prepareDocument, type PreparedDocument } from '../../../shared/package/prepared.ts';
import type { PackageInput } from '../../../shared/package/package-record.ts';
import { xdrEntity } from '../../../shared/package/xdr/entity.ts';
import { readXdr } from '../../../shared/package/xdr/read-xdr.ts';
import type { XdrRequest } from '../../../shared/package/xdr/xdr.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { SHARED } from '../../support/present.ts';
import { inputOf } from '../sample-input.ts';

export const SOAP_TYPE = 'application/soap+xml; charset=UTF-8';
export const ACTION = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b';
export const HOW = {
  messageId: 'abcdefgh234567@green.example' as MessageId,
  endpoint: 'https://hisp.example/v1/xdr?a=1&b=2',
};

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

/** A SOAP message with what it includes, in pieces that tests can break. */
export interface Mtom {
  readonly soap: string;
  readonly parts: readonly Part[];
}

export interface Part {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Absent: binary. */
  readonly encoding?: string;
}

const BOUNDARY = 'MIMEBoundary_1';
export const MTOM_TYPE = `multipart/related; boundary="${BOUNDARY}"; type="application/xop+xml"; start="<root@edge.example>"; start-info="application/soap+xml"; action="${ACTION}"`;

const partOf = ({ id, bytes, encoding = 'binary' }: Part, type: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-ID: <${id}>\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);

export const mtomBody = ({ soap, parts }: Mtom): Buffer =>
  Buffer.concat([
    partOf(
      { id: 'root@edge.example', bytes: Buffer.from(soap) },
      'application/xop+xml; charset=UTF-8; type="application/soap+xml"',
    ),
    ...parts.map((part) => partOf(part, 'application/octet-stream')),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);

export const mtom = (request: Mtom, type = MTOM_TYPE): Uint8Array =>
  xdrEntity(type, mtomBody(request));

export const plain = (soap: string | Uint8Array, type = SOAP_TYPE): Uint8Array =>
  xdrEntity(type, Buffer.from(soap));

/** The same request with its documents beside it. */
export function asMtom(soap: string): Mtom {
  const parts: Part[] = [];
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

/** A record whose documents are prepared. */
export const preparedInput = (
  ...documents: readonly Uint8Array[]
): PackageInput<PreparedDocument> => {
  const input = inputOf(...documents);
  const prepared = input.documents.map((document) => {
    const each = prepareDocument(document);
    if (!each.ok) throw new Error(each.failure.code);
    return each.value;
  });
  return { ...input, documents: prepared };
};

/** The SOAP message of a request of ours, with the bytes of its documents in it. */
export function ownSoap(...documents: readonly Uint8Array[]): string {
  const given = documents.length > 0 ? documents : [sampleCcda()];
  const bundle = packageXdr(preparedInput(...given), HOW);
  if (!bundle.ok) throw new Error(bundle.failure.code);
  const [soap = ''] = /<env:Envelope[^]*<\/env:Envelope>/.exec(textOf(bundle.value.entity)) ?? [];
  let index = 0;
  return soap.replace(/<xop:Include[^>]*>/g, () =>
    Buffer.from(given[index++] ?? '').toString('base64'),
  );
}

/** The request with one thing changed, which has to be there. */
export const changed = (soap: string, from: string | RegExp, to: string): string => {
  const text = soap.replace(from, () => to);
  if (text === soap) throw new Error(`nothing to change: ${String(from)}`);
  return text;
};

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

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
