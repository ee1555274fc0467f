import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import {
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type Answer,
  type DecodedPacket,
  type OptAnswer,
} from 'dns-packet';
import { Zone, type Published } from './dns-zone.ts';

export interface DnsServer {
  /** `127.0.0.1:port`, for UDP and TCP. */
  readonly address: string;
  /** Replaces what is published at a name; nothing at all removes the name. */
  readonly set: (name: string, published: readonly Published[]) => void;
  readonly close: () => Promise<void>;
}

export interface DnsServerOptions {
  /** A free one when absent. */
  readonly port?: number;
  readonly records?: Readonly<Record<string, readonly Published[]>>;
}

const HOST = '127.0.0.1';
const UDP_BYTES = { withoutEdns: 512, withEdns: 1232 };
const IDLE_MS = 5000;
const NO_SUCH_NAME = 3;

/** A name server on loopback that holds CERT and SRV records and believes itself to be the authority for every name. */
export async function startDnsServer(options: DnsServerOptions = {}): Promise<DnsServer> {
  const zone = new Zone();
  for (const [name, published] of Object.entries(options.records ?? {})) zone.set(name, published);

  const { udp, tcp, port } = await bindBoth(options.port ?? 0);
  const connections = new Set<Socket>();
  udp.on('message', (message, from) => {
    const answer = answerByUdp(message, zone);
    if (answer) udp.send(answer, from.port, from.address, () => undefined);
  });
  tcp.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    serveByTcp(socket, zone);
  });
  const close = async (): Promise<void> => {
    for (const socket of connections) socket.destroy();
    await Promise.all([
      new Promise((resolve) => tcp.close(resolve)),
      new Promise<void>((resolve) => udp.close(resolve)),
    ]);
  };
  return {
    address: `${HOST}:${port}`,
    set: (name, published) => zone.set(name, published),
    close,
  };
}

/** The port that TCP was given may be taken for UDP: then both are tried again on another. */
async function bindBoth(wanted: number): Promise<{ udp: UdpSocket; tcp: Server; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const tcp = createServer().listen(wanted, HOST);
    await once(tcp, 'listening');
    const { port } = tcp.address() as { port: number };
    const udp = createSocket('udp4').bind(port, HOST);
    try {
      await once(udp, 'listening');
      return { udp, tcp, port };
    } catch (error) {
      tcp.close();
      if (wanted !== 0 || attempt === 10) throw error;
    }
  }
}

function answerByUdp(message: Buffer, zone: Zone): Buffer | undefined {
  const query = readQuery(message);
  if (!query) return undefined;
  const answer = encodeAnswer(query, zone);
  const limit = Math.min(optOf(query)?.udpPayloadSize ?? 0, UDP_BYTES.withEdns);
  const fits = answer.length <= Math.max(limit, UDP_BYTES.withoutEdns);
  return fits ? answer : encodeAnswer(query, zone, TRUNCATED_RESPONSE);
}

function serveByTcp(socket: Socket, zone: Zone): void {
  let received = Buffer.alloc(0);
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      const query = readQuery(received.subarray(2, end));
      received = received.subarray(end);
      if (!query) return void socket.destroy();
      const answer = encodeAnswer(query, zone);
      socket.write(Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 255]), answer]));
    }
  });
}

function readQuery(message: Buffer): DecodedPacket | undefined {
  try {
    const packet = decode(message);
    return packet.type === 'query' && packet.questions?.length === 1 ? packet : undefined;
  } catch {
    return undefined;
  }
}

const optOf = (query: DecodedPacket): OptAnswer | undefined =>
  query.additionals?.find((each): each is OptAnswer => each.type === 'OPT');

/** @param cut TRUNCATED_RESPONSE leaves the records out */
function encodeAnswer(query: DecodedPacket, zone: Zone, cut = 0): Buffer {
  const [question] = query.questions!;
  const { name } = question!;
  const asked = cut ? [] : zone.answers(name, question!.type);
  const opt: Answer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: UDP_BYTES.withEdns,
    flags: 0,
  } as OptAnswer;
  const recursionDesired = (query.flags ?? 0) & RECURSION_DESIRED;
  return encode({
    type: 'response',
    id: query.id ?? 0,
    flags: AUTHORITATIVE_ANSWER | recursionDesired | cut | (zone.has(name) ? 0 : NO_SUCH_NAME),
    questions: [question!],
    answers: [...asked],
    additionals: optOf(query) ? [opt] : [],
  });
}
