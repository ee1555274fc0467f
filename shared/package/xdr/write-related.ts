import { sha256 } from '../../ids.ts';
import { XOP_TYPE, SOAP_TYPE } from './names.ts';

/** A part beside the SOAP message. */
export interface WrittenPart {
  /** Without angle brackets. */
  readonly id: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface WrittenRelated {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * Writes a SOAP message with what it includes, as MTOM: bytes as they are, lines with CRLF.
 *
 * @param name of which boundary and Content-IDs are made: the same message is the same bytes. A `@` and a domain are in it
 * @see MTOM 1.0 section 3, XOP 1.0 section 4
 */
export function writeRelated(
  name: string,
  action: string,
  soap: string,
  parts: readonly WrittenPart[],
): WrittenRelated {
  const boundary = boundaryFor(name, [Buffer.from(soap), ...parts.map(({ bytes }) => bytes)]);
  const root = `soap.${name}`;
  const delimiter = Buffer.from(`\r\n--${boundary}\r\n`);
  const soapPart = [
    Buffer.from(`--${boundary}\r\n`),
    head(root, `${XOP_TYPE}; charset=UTF-8; type="${SOAP_TYPE}"`),
    Buffer.from(soap),
  ];
  return {
    contentType:
      `multipart/related; boundary="${boundary}"; type="${XOP_TYPE}"; start="<${root}>"; ` +
      `start-info="${SOAP_TYPE}"; action="${action}"`,
    body: Buffer.concat([
      ...soapPart,
      ...parts.flatMap(({ id, type, bytes }) => [delimiter, head(id, type), bytes]),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}

const head = (id: string, type: string): Buffer =>
  Buffer.from(
    `Content-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>\r\n\r\n`,
  );

/** One that is in none of the parts, whatever is in them. */
function boundaryFor(name: string, contents: readonly Uint8Array[]): string {
  for (let tried = 0; ; tried += 1) {
    const boundary = `xdr_${sha256(JSON.stringify([name, tried])).slice(0, 48)}`;
    const isFree = contents.every((bytes) => !bufferOf(bytes).includes(boundary));
    if (isFree) return boundary;
  }
}

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
