import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANY_HOST, type TlsIdentities } from '../../certificates/tls-identities.ts';

/** Enough for what a relay of ours may make. */
const MOST_BYTES = 60 * 1024 * 1024;

export interface XdrReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface XdrEndpoint {
  /** host:port */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Takes requests in over HTTPS from whoever has a certificate of the authority.
 *
 * @param take its answer; undefined: the connection is closed without one
 */
export async function startXdrEndpoint(
  { authority, server: { certificatePem, privateKeyPem } }: TlsIdentities,
  take: (contentType: string, body: Uint8Array) => XdrReply | undefined,
): Promise<XdrEndpoint> {
  const server = createServer(
    {
      cert: certificatePem,
      key: privateKeyPem,
      ca: [authority.certificatePem],
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      void answer(request, response, take).catch(() => request.destroy());
    },
  );
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    address: `${ANY_HOST}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  take: (contentType: string, body: Uint8Array) => XdrReply | undefined,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  const { 'content-type': contentType = '' } = request.headers;
  const reply =
    size > MOST_BYTES
      ? { status: 413, contentType: 'text/plain', body: Buffer.from('Too large') }
      : take(contentType, Buffer.concat(chunks));
  if (!reply) request.socket.destroy();
  else response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
}
