import { isLoopbackHost } from '../loopback.ts';

/** The server that a mailbox URL names. */
export interface ImapPeer {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  /** As it stands in the URL, with the port where it names one: under this the secret keeps what is shown to it. */
  readonly namedAs: string;
}

/**
 * Reads `imaps://` and `imap://` URLs; the latter, in clear, only to the same machine.
 *
 * @throws Error that says what is wrong without quoting the URL
 */
export function imapPeerOf(text: string): ImapPeer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['imap:', 'imaps:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('The mailbox URL must be imaps://HOST[:PORT]');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('The mailbox URL must name no user: credentials are in the relay secret');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'imaps:';
  if (!isSecure && !isLoopbackHost(host)) {
    throw new Error('A mailbox is read in clear on the same machine only: imaps://HOST[:PORT]');
  }
  const port = url.port === '' ? (isSecure ? 993 : 143) : Number(url.port);
  return { host, port, isSecure, namedAs: url.host };
}
