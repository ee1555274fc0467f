import { isIPv4 } from 'node:net';

/** The server that a relay URL names. */
export interface SmtpPeer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly credentials?: { readonly user: string; readonly pass: string };
}

/**
 * Reads `smtp://` and `smtps://` URLs. In clear only to the same machine: there `smtp://` does without STARTTLS.
 *
 * @throws Error that says what is wrong without quoting the URL, which may hold a password
 */
export function smtpPeerOf(text: string): SmtpPeer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('The relay URL must be smtp://HOST[:PORT] or smtps://HOST[:PORT]');
  }
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') {
    throw new Error('The relay URL must end after the port');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const tls = url.protocol === 'smtps:';
  return {
    host,
    port: url.port === '' ? (tls ? 465 : 587) : Number(url.port),
    security: tls ? 'tls' : isLoopback(host) ? 'none' : 'starttls',
    ...credentialsOf(url),
  };
}

const isLoopback = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

function credentialsOf({ username, password }: URL): Pick<SmtpPeer, 'credentials'> {
  if (username === '' && password === '') return {};
  if (username === '' || password === '') {
    throw new Error('The relay URL must name both user and password, or neither');
  }
  return {
    credentials: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  };
}
