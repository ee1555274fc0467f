/** A message taken apart by its text alone: nothing of ours is used to read what ours wrote. */

/** The body of a message in base64: EnvelopedData. */
export function envelopeIn(message: Uint8Array): Buffer {
  const text = Buffer.from(message).toString('latin1');
  return Buffer.from(text.slice(text.indexOf('\r\n\r\n')), 'base64');
}

export interface Signed {
  /** The very bytes that were signed. */
  readonly content: Buffer;
  /** SignedData without content. */
  readonly signature: Buffer;
}

/** The two parts of multipart/signed. */
export function signedIn(entity: Uint8Array): Signed {
  const text = Buffer.from(entity).toString('latin1');
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1];
  const [, content, signature] = text.split(`\r\n--${boundary}\r\n`);
  if (content === undefined || signature === undefined) throw new Error('Not multipart/signed');
  return {
    content: Buffer.from(content, 'latin1'),
    signature: Buffer.from(
      signature.slice(signature.indexOf('\r\n\r\n')).split('--')[0]!,
      'base64',
    ),
  };
}
