import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { fail } from '../outcome.ts';
import { readAnswer, type Query, type Reading } from './dns-message.ts';

export interface Resolver {
  readonly host: string;
  readonly port: number;
}

/**
 * Sends a query as one datagram and waits for the reading of its answer. The socket is connected, so the kernel drops
 * what comes from elsewhere; strays are waited out, because a forged one must not end the wait for the true one.
 *
 * @param signal not aborted yet
 * @returns undefined when nothing came before the signal, or the port is closed
 */
export function askByUdp<T>(
  resolver: Resolver,
  query: Query<T>,
  signal: AbortSignal,
): Promise<Reading<T> | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: isIPv6(resolver.host) ? 'udp6' : 'udp4', signal });
    let open = true;
    const finish = (reading?: Reading<T>): void => {
      if (open) socket.close();
      open = false;
      resolve(reading);
    };
    socket.once('close', () => {
      open = false;
      resolve(undefined);
    });
    socket.on('error', () => finish());
    socket.on('message', (message) => {
      const reading = readAnswer(message, query);
      if (reading.kind !== 'stray') finish(reading);
    });
    socket.once('connect', () => socket.send(query.bytes));
    socket.connect(resolver.port, resolver.host);
  });
}

/**
 * Asks by TCP, each message behind its length in two octets (RFC 1035 section 4.2), which also bounds it to 64 kB.
 *
 * @returns undefined when the connection fails or ends before the whole answer, or the signal comes first
 */
export function askByTcp<T>(
  resolver: Resolver,
  query: Query<T>,
  signal: AbortSignal,
): Promise<Reading<T> | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: resolver.host, port: resolver.port, signal });
    const chunks: Buffer[] = [];
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve(undefined));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const message = wholeMessage(chunks);
      if (!message) return;
      resolve(soleReading(message, query));
      socket.destroy();
    });
    const length = Buffer.from([query.bytes.length >> 8, query.bytes.length & 255]);
    socket.write(Buffer.concat([length, query.bytes]));
  });
}

function wholeMessage(chunks: readonly Buffer[]): Buffer | undefined {
  const receivedBytes = chunks.reduce((sum, { length }) => sum + length, 0);
  if (receivedBytes < 2) return undefined;
  const [first] = chunks;
  const head = first && first.length >= 2 ? first : Buffer.concat(chunks);
  const end = 2 + head.readUInt16BE(0);
  return receivedBytes < end ? undefined : Buffer.concat(chunks).subarray(2, end);
}

/** On a connection of our own nothing is a stray, and nothing is too long. */
function soleReading<T>(message: Buffer, query: Query<T>): Reading<T> {
  const reading = readAnswer(message, query);
  return reading.kind === 'stray' || reading.kind === 'truncated'
    ? { kind: 'final', outcome: fail('discover/malformed') }
    : reading;
}
