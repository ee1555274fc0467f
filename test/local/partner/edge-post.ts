import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  makeTlsIdentities,
  type TlsIdentities,
} from '../../../infra/local/certificates/tls-identities.ts';
import { startEdgeHisp, type EdgeHisp } from '../../../infra/local/partner/edge/edge-hisp.ts';
import type { Credential } from '../../../shared/adapters/relay-secret.ts';

/** A HISP of somebody else, and its customer's way in, which is a real server that keeps what it is told. */

export const CUSTOMER = 'records@holder.example';
export const LOGIN = { user: 'holder', password: 'secret' };

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Bench {
  readonly tls: TlsIdentities;
  readonly edge: EdgeHisp;
  /** What came in at the customer. */
  readonly posted: readonly Posted[];
  readonly close: () => Promise<void>;
}

export async function startBench(): Promise<Bench> {
  const tls = await makeTlsIdentities();
  const edge = await startEdgeHisp({ tls, customers: [CUSTOMER], login: LOGIN });
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    const { url: path = '', headers } = request;
    void buffer(request).then((body) => {
      posted.push({ path, headers, body });
      return response.writeHead(202).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  edge.connect({ apiUrl, token: async () => 'token-of-hisp' });
  return {
    tls,
    edge,
    posted,
    async close() {
      await edge.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export const showing = (credential: object) => async (host: string) => [
  { host, ...credential } as Credential,
];
