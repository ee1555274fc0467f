import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Fetched, FetchFault } from '../../discover/fetch.ts';
import type { HostAddress } from './look-up.ts';
import type { Target } from './target.ts';

export interface ExchangeOptions {
  /** Ends the exchange, which then was too slow. */
  readonly within: AbortSignal;
  /** From the first packet to the end of TLS. */
  readonly connectMs: number;
  /** PEM certificates of authorities to believe instead of those that Node believes. */
  readonly authorities?: readonly string[];
}

/** What one server is told, beside its own name and ours. */
export interface Told {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export type Failed = Extract<Fetched, { readonly kind: 'failed' }>;

/** Makes of an answer what it is worth, once: after `finish` nothing of it is read. */
export type Hear<Reply> = (
  response: IncomingMessage,
  finish: (reply: Reply | Failed) => void,
) => void;

const MAX_HEADER_BYTES = 16_384;
/** 1xx answers before the true one. */
const MAX_INTERIM_ANSWERS = 8;

export const failed = (fault: FetchFault): Failed => ({ kind: 'failed', fault });

/** Talks once to one server, at the address that the guard allowed. Always answers, and leaves no connection. */
export function exchange<Reply>(
  target: Target,
  { address }: Pick<HostAddress, 'address'>,
  told: Told,
  options: ExchangeOptions,
  hear: Hear<Reply>,
): Promise<Reply | Failed> {
  const { within, connectMs } = options;
  return new Promise((resolve) => {
    const call = begin(target, address, told, options);
    const connecting = setTimeout(() => finish(failed('unreachable')), connectMs);
    let receivedBytes = 0;
    const finish = (reply: Reply | Failed): void => {
      clearTimeout(connecting);
      resolve(isFailed(reply) && receivedBytes > 0 ? { ...reply, receivedBytes } : reply);
      call.destroy();
    };
    const breakOff = (error?: Error): void =>
      finish(failed(within.aborted ? 'too-slow' : faultOf(error)));
    let interim = 0;
    call.on('error', breakOff);
    call.once('close', breakOff);
    call.once('socket', (socket) =>
      socket.once(target.secure ? 'secureConnect' : 'connect', () => clearTimeout(connecting)),
    );
    call.on('information', () => {
      if (++interim > MAX_INTERIM_ANSWERS) finish(failed('too-large'));
    });
    call.once('response', (response) => {
      response.once('error', breakOff);
      response.on('data', ({ length }: Uint8Array) => (receivedBytes += length));
      hear(response, finish);
    });
    call.end(told.body);
  });
}

/**
 * The connection goes to the address and looks nothing up; the name is told to the server, and in TLS it has to prove
 * it. No agent is shared: no connection is used twice, and no proxy is taken from the environment.
 */
function begin(
  { url, port, secure }: Target,
  address: string,
  { method, headers, body }: Told,
  { within, authorities }: ExchangeOptions,
): ClientRequest {
  const options = {
    agent: false as const,
    host: address,
    port,
    path: `${url.pathname}${url.search}`,
    method,
    signal: within,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: {
      host: url.host,
      'user-agent': 'direct-transmit',
      ...headers,
      ...(body && { 'content-length': body.length }),
    },
  };
  if (!secure) return httpRequest(options);
  return httpsRequest({
    ...options,
    servername: serverNameOf(url),
    rejectUnauthorized: true,
    ...(authorities && { ca: [...authorities] }),
  });
}

/** An address has no name in TLS; the certificate then has to name the address that is connected to. */
function serverNameOf({ hostname }: URL): string {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) ? '' : bare.replace(/\.$/, '');
}

const isFailed = (reply: unknown): reply is Failed =>
  (reply as { readonly kind?: unknown }).kind === 'failed';

const faultOf = (error?: Error & { readonly code?: string }): FetchFault =>
  error?.code?.endsWith('_OVERFLOW') ? 'too-large' : 'unreachable';
