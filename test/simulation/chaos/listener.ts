import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook of the data holder. */
export interface Listener {
  readonly url: string;
  readonly bodies: readonly string[];
  close(): void;
}

export async function startListener(): Promise<Listener> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/reports`,
    bodies,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
