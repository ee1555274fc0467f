import { fail, type Outcome } from '../../outcome.ts';
import type { XdrRequest } from './xdr.ts';

/** The MIME entity of an HTTP request: its Content-Type, an empty line, its body. @throws Error on a type of two lines */
export function xdrEntity(contentType: string, body: Uint8Array): Uint8Array {
  if (/[\r\n]/.test(contentType)) throw new Error('A Content-Type of two lines');
  return Buffer.concat([Buffer.from(`Content-Type: ${contentType}\r\n\r\n`), body]);
}

/** Reads an ITI-41 request. */
export function readXdr(entity: Uint8Array): Outcome<XdrRequest> {
  return fail('package/bad-metadata', `${entity.length} bytes`);
}
