import { isLoopbackHost } from '../loopback.ts';

/** The server that a relay URL names. */
export interface SmtpPeer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  /** As it stands in the URL, with the port where it names one: under this the secret keeps what is shown to it. */
  readonly namedAs: string;
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
  if (url.username !== '' || url.password !== '') {
    throw new Error('The relay URL must name no user: credentials are in the relay secret');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const tls = url.protocol === 'smtps:';
  return {
    host,
    port: url.port === '' ? (tls ? 465 : 587) : Number(url.port),
    security: tls ? 'tls' : isLoopbackHost(host) ? 'none' : 'starttls',
    namedAs: url.host,
  };
}
