import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { decode, encode, type Answer, type DecodedPacket, type Packet } from 'dns-packet';
import { writeCertRdata } from '../../shared/discover/dns-cert.ts';

/** How a misbehaving name server answers: undefined is silence. */
export interface Oddities {
  readonly udp?: (query: DecodedPacket) => Buffer | Buffer[] | undefined;
  /** What goes on the connection as it is, length prefix included; undefined closes it. */
  readonly tcp?: (query: DecodedPacket) => Buffer | undefined;
  /** No TCP port at all. */
  readonly tcpRefused?: boolean;
}

export interface FakeDns {
  readonly address: string;
  /** Queries that came in, UDP and TCP. */
  readonly asked: DecodedPacket[];
  /** Sends from another port to whoever asked last. */
  sendFromElsewhere(message: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** A name server that answers exactly as it is told, for what no honest one does. */
export async function fakeDns(oddities: Oddities): Promise<FakeDns> {
  const asked: DecodedPacket[] = [];
  const sockets = new Set<Socket>();
  let client: RemoteInfo | undefined;
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', (chunk) => {
      const query = decode(chunk.subarray(2));
      asked.push(query);
      const answer = oddities.tcp?.(query);
      if (answer) socket.write(answer);
      else socket.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as { port: number };
  if (oddities.tcpRefused) tcp.close();
  const udp = createSocket('udp4').bind(port, '127.0.0.1');
  await once(udp, 'listening');
  udp.on('message', (message, from) => {
    client = from;
    const query = decode(message);
    asked.push(query);
    for (const answer of [oddities.udp?.(query) ?? []].flat()) {
      udp.send(answer, from.port, from.address);
    }
  });
  return {
    address: `127.0.0.1:${port}`,
    asked,
    async sendFromElsewhere(message) {
      const other = createSocket('udp4');
      await new Promise((resolve) => other.send(message, client!.port, client!.address, resolve));
      other.close();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (tcp.listening) await new Promise((resolve) => tcp.close(resolve));
      await new Promise<void>((resolve) => udp.close(resolve));
    },
  };
}

/** An honest answer to a query, changed in the fields that are given. */
export const reply = (query: DecodedPacket, changes: Packet = {}): Buffer =>
  encode({
    type: 'response',
    id: query.id ?? 0,
    questions: query.questions ?? [],
    ...changes,
  });

/** An answer record of type CERT that holds PKIX data. */
export const certAnswer = (name: string, data: Uint8Array, ttl = 60): Answer =>
  ({ type: 'CERT', name, ttl, data: writeCertRdata({ type: 1, data }) }) as unknown as Answer;

/** Behind its length in two octets, as TCP carries it; `claimed` lies about the length. */
export const framed = (message: Buffer, claimed = message.length): Buffer =>
  Buffer.concat([Buffer.of(claimed >> 8, claimed & 255), message]);
