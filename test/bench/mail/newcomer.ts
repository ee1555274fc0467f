import {
  MAIL_HEAD,
  MAIL_TAIL,
  OUTSIDE,
  SIGNATURE_HEAD,
  SIGNED_HEAD,
  SIGNED_TAIL,
} from './frame.ts';

/** Base64 as most programs break it into lines. */
export const base64Lines = (bytes: Uint8Array): string =>
  `${(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n')}\r\n`;

export const mailWith = (zip: Uint8Array): Buffer =>
  Buffer.from(MAIL_HEAD + base64Lines(zip) + MAIL_TAIL, 'latin1');

export const multipartSigned = (entity: Uint8Array, signature: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(SIGNED_HEAD),
    entity,
    Buffer.from(SIGNATURE_HEAD + base64Lines(signature) + SIGNED_TAIL),
  ]);

export const enveloped = (envelope: Uint8Array): Buffer =>
  Buffer.from(OUTSIDE + base64Lines(envelope), 'latin1');

export const derOfPem = (pem: string): Buffer<ArrayBuffer> =>
  Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
