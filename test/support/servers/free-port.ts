import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on, neither by TCP nor by UDP; another program may be faster to take it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as { port: number };
    const isFree = await isFreeForUdp(port);
    await new Promise((resolve) => tcp.close(resolve));
    if (isFree) return port;
  }
}

async function isFreeForUdp(port: number): Promise<boolean> {
  const udp = createSocket('udp4');
  try {
    const bound = once(udp, 'listening');
    udp.bind(port, '127.0.0.1');
    await bound;
    return true;
  } catch {
    return false;
  } finally {
    udp.close();
  }
}
