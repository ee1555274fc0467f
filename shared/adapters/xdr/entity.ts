/** A request over HTTP. */
export interface XdrHttpRequest {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Of a Content-Type, as it stands on its one line. */
const HEAD = /^content-type:[ \t]*([\x21-\x7e](?:[\t\x20-\x7e]{0,2000}[\x21-\x7e])?)\r\n\r\n$/i;

const END = Buffer.from('\r\n\r\n');

/**
 * What is posted, out of the MIME entity as which it was kept.
 *
 * @throws Error when it is none
 */
export function requestOf(entity: Uint8Array): XdrHttpRequest {
  const bytes = Buffer.from(entity.buffer, entity.byteOffset, entity.byteLength);
  const bodyStart = bytes.indexOf(END) + END.length;
  const contentType = HEAD.exec(bytes.toString('latin1', 0, bodyStart))?.[1];
  if (contentType === undefined) throw new Error('What is to be posted has no Content-Type');
  return { contentType, body: bytes.subarray(bodyStart) };
}
