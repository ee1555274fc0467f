import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call as the server got it. */
export interface Got {
  readonly route: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What is answered; `hang-up` closes the connection instead, and `silence` never answers. */
export type Said =
  | 'hang-up'
  | 'silence'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: object | string;
    };

export interface ApiServer {
  readonly origin: string;
  readonly got: readonly Got[];
  readonly close: () => Promise<void>;
}

/** An API of the tests' own on a port of this machine: answers what it is told, and keeps what it was asked. */
export async function apiServer(
  answer: (got: Got, index: number) => Said | Promise<Said>,
): Promise<ApiServer> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const call = {
        route: `${request.method} ${request.url}`,
        headers: request.headers,
        body: await text(request),
      };
      got.push(call);
      say(await answer(call, got.length - 1), response);
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function say(said: Said, response: ServerResponse): void {
  if (said === 'silence') return;
  if (said === 'hang-up') {
    response.destroy();
    return;
  }
  const { status = 200, headers = {}, body = {} } = said;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
