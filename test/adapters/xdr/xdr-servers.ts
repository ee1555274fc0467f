import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Envelope } from '../../../shared/deliver/relay.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import { registryAnswer, type XdrAnswer } from '../../../shared/package/xdr/answer.ts';
import { xdrEntity } from '../../../shared/package/xdr/entity.ts';
import { readXdr } from '../../../shared/package/xdr/read-xdr.ts';

export interface Heard {
  readonly request: IncomingMessage;
  readonly entity: Uint8Array;
  /** Of the client's certificate. */
  readonly fingerprint?: string;
}

/** What the server does with a request that it has read; nothing: it hangs up. */
export type Answering = (heard: Heard) => { readonly status: number } & Partial<XdrAnswer>;

/** What is done instead of an answer. */
export const HANG_UP: Answering = () => ({ status: 0 });

export interface XdrServer {
  readonly port: number;
  readonly heard: readonly Heard[];
  readonly close: () => Promise<void>;
}

/** An XDR server over HTTP, or HTTPS where it has a certificate. */
export async function startXdr(answering: Answering, tls?: ServerOptions): Promise<XdrServer> {
  const heard: Heard[] = [];
  const listener: RequestListener = (request, response) => void hear(request, response);
  async function hear(...[request, response]: Parameters<RequestListener>): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const entity = xdrEntity(request.headers['content-type'] ?? '', Buffer.concat(chunks));
    const certificate = tls ? (request.socket as TLSSocket).getPeerCertificate() : undefined;
    const { fingerprint256: fingerprint } = certificate ?? {};
    const said = { request, entity, ...(fingerprint !== undefined && { fingerprint }) };
    heard.push(said);
    const { status, contentType = 'text/plain', body = Buffer.from('') } = answering(said);
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, { 'content-type': contentType }).end(body);
  }
  const server = tls ? createHttpsServer(tls, listener) : createServer(listener);
  return { ...(await listening(server)), heard };
}

/** A server that speaks no HTTP but what it is told to. */
export async function startRaw(play: (socket: Socket) => void): Promise<Omit<XdrServer, 'heard'>> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    play(socket);
  });
  return listening(server);
}

async function listening(server: Server): Promise<Omit<XdrServer, 'heard'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '0.0.0.0', ready));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** Success, or an error by its code of ours, as our own door says it. */
export const says =
  (code?: string): Answering =>
  ({ entity }) => {
    const request = readXdr(entity);
    if (!request.ok) throw new Error(request.failure.code);
    const outcome = code === undefined ? 'success' : { code, text: 'Not so.' };
    return { status: 200, ...registryAnswer(request.value, outcome) };
  };

/** As an envelope of what it holds. */
export function envelopeOf({ entity: bytes }: Pick<Heard, 'entity'>): Envelope {
  const request = readXdr(bytes);
  if (!request.ok) throw new Error(request.failure.code);
  const { from, to } = request.value.addressing;
  return { from: from as DirectAddress, to: to[0] as DirectAddress, bytes };
}
