import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { FetchRequest, Fetched, FetchFault } from '../../discover/fetch.ts';
import { gather } from './gather.ts';
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

/** What one server said: the object, where it is instead, or neither. */
export type Reply = Fetched | { readonly kind: 'moved'; readonly location: string };

const MAX_HEADER_BYTES = 16_384;
/** 1xx answers before the true one. */
const MAX_INTERIM_ANSWERS = 8;
const REDIRECTS = [301, 302, 303, 307, 308];

export const failed = (fault: FetchFault): Fetched => ({ kind: 'failed', fault });

/** Asks one server for one object, at the address that the guard allowed. Always answers, and leaves no connection. */
export function exchange(
  target: Target,
  { address }: HostAddress,
  request: FetchRequest,
  options: ExchangeOptions,
): Promise<Reply> {
  const { within, connectMs } = options;
  return new Promise((resolve) => {
    const call = begin(target, address, request, options);
    const connecting = setTimeout(() => finish(failed('unreachable')), connectMs);
    let receivedBytes = 0;
    const finish = (reply: Reply): void => {
      clearTimeout(connecting);
      const isPart = reply.kind === 'failed' && receivedBytes > 0;
      resolve(isPart ? { ...reply, receivedBytes } : reply);
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
      read(response, request.maxBytes, finish);
    });
    call.end(request.body?.bytes);
  });
}

/**
 * The connection goes to the address and looks nothing up; the name is told to the server, and in TLS it has to prove
 * it. No agent is shared: no connection is used twice, and no proxy is taken from the environment.
 */
function begin(
  { url, port, secure }: Target,
  address: string,
  { accept = '*/*', body }: FetchRequest,
  { within, authorities }: ExchangeOptions,
): ClientRequest {
  const options = {
    agent: false as const,
    host: address,
    port,
    path: `${url.pathname}${url.search}`,
    method: body ? 'POST' : 'GET',
    signal: within,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: {
      host: url.host,
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'direct-transmit',
      ...(body && { 'content-type': body.type, 'content-length': body.bytes.length }),
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

function read(response: IncomingMessage, maxBytes: number, finish: (reply: Reply) => void): void {
  const { statusCode = 0, headers } = response;
  const { location, 'content-encoding': encoding = 'identity' } = headers;
  if (REDIRECTS.includes(statusCode) && location) return finish({ kind: 'moved', location });
  // Nothing is unpacked: a few packed bytes may hold gigabytes, and we asked for the object as it is.
  if (statusCode !== 200 || encoding.toLowerCase() !== 'identity') return finish(failed('refused'));
  const announced = headers['content-length'];
  const announcedBytes = announced === undefined ? undefined : Number(announced);
  if ((announcedBytes ?? 0) > maxBytes) return finish(failed('too-large'));
  const body = gather(maxBytes, announcedBytes);
  response.on('data', (piece: Uint8Array) => {
    if (!body.add(piece)) finish(failed('too-large'));
  });
  response.once('end', () => finish({ kind: 'fetched', bytes: body.bytes() }));
}

const faultOf = (error?: Error & { readonly code?: string }): FetchFault =>
  error?.code?.endsWith('_OVERFLOW') ? 'too-large' : 'unreachable';
