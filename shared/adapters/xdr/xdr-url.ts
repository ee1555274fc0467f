import { isIPv4 } from 'node:net';

/** The server that a URL names, and where on it requests are taken. */
export interface XdrPeer {
  readonly url: URL;
  readonly secure: boolean;
  readonly isLoopback: boolean;
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
  const loopback = isLoopback(url.hostname);
  if (!secure && !loopback) {
    throw new Error('The URL of an XDR server must be https, but to the same machine');
  }
  return { url, secure, isLoopback: loopback };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
