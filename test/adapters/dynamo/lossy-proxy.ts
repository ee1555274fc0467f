import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LossyProxy {
  readonly endpoint: string;
  /** How many answers were lost so far. */
  lost(): number;
  close(): Promise<void>;
}

/** Passes requests on, and cuts the connection in place of the first `answers` answers: what was asked has happened. */
export async function proxyLosing(
  endpoint: string,
  { answers }: { readonly answers: number },
): Promise<LossyProxy> {
  let lost = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const passedOn = request(
      new URL(url ?? '/', endpoint),
      { method, headers },
      (answer: IncomingMessage) => {
        if (lost < answers) {
          lost += 1;
          answer.resume().once('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(passedOn);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: () => lost,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
