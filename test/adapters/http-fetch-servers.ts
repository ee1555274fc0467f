import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';

export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Connections that were made. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** An HTTP server that answers as it is told; with a key and certificate, one of HTTPS. */
export const httpServer = (answer: RequestListener, tls?: ServerOptions): Promise<TestServer> =>
  opened(tls ? createHttps(tls, answer) : createHttp(answer), tls ? 'https' : 'http');

/** A server that speaks no HTTP but what the test writes, after the first bytes of a request came. */
export const rawServer = (speak: (socket: Socket) => void): Promise<TestServer> =>
  opened(
    createTcp((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => speak(socket));
    }),
    'http',
  );

async function opened(server: Server, scheme: string): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}/`,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
