import { isLoopbackHost } from '../loopback.ts';

/** The server that a URL names, and where on it requests are taken. */
export interface XdrPeer {
  readonly url: URL;
  readonly secure: boolean;
}

/**
 * Reads `https://` URLs, and `http://` ones of the same machine.
 *
 * @throws Error that says what is wrong without quoting the URL, which may hold a password
 */
export function xdrPeerOf(text: string): XdrPeer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('The URL of an XDR server must be https://HOST[:PORT]/PATH');
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new Error('The URL of an XDR server has no credentials in it: those are in a secret');
  }
  const secure = url.protocol === 'https:';
  if (!secure && !isLoopbackHost(url.hostname)) {
    throw new Error('The URL of an XDR server must be https, but to the same machine');
  }
  return { url, secure };
}
