import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CertificateHost {
  readonly port: number;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** From now on the path is answered with what `make` gives at each request. */
  serve(path: string, contentType: string, make: () => Uint8Array): void;
  readonly close: () => Promise<void>;
}

/** An HTTP server for certificates and lists, on a high port as the tool's is. */
export async function startCertificateHost(): Promise<CertificateHost> {
  const served = new Map<string, { readonly type: string; readonly make: () => Uint8Array }>();
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const found = served.get(url);
    if (found) response.writeHead(200, { 'content-type': found.type }).end(found.make());
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    serve: (path, type, make) => void served.set(path, { type, make }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
