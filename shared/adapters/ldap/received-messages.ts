import type { Readable } from 'node:stream';
import { gather } from '../outbound/gather.ts';
import { lengthOf, NotLdap } from './ber.ts';

const SEQUENCE = 0x30;

/**
 * Cuts what a server sends into messages, none of which is looked at but for its length. It ends when the connection does.
 *
 * @param maxBytes for all messages together; one that announces more is refused before it comes
 * @throws NotLdap on more than that, and on what begins no message
 */
export async function* receivedMessages(
  socket: Readable,
  maxBytes: number,
): AsyncGenerator<Buffer, void> {
  // No list of what came: a server that sends single octets must not cost us an object for each.
  let gathered = gather(maxBytes);
  let pendingBytes = 0;
  let totalBytes = 0;
  let awaitedBytes = 2;
  // The stream was given no encoding: its chunks are buffers.
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    totalBytes += chunk.length;
    if (totalBytes > maxBytes) throw new NotLdap('too much');
    gathered.add(chunk);
    pendingBytes += chunk.length;
    if (pendingBytes < awaitedBytes) continue;
    let pending = Buffer.from(gathered.bytes().buffer);
    for (;;) {
      awaitedBytes = frameOf(pending, maxBytes);
      if (pending.length < awaitedBytes) break;
      yield pending.subarray(0, awaitedBytes);
      pending = pending.subarray(awaitedBytes);
    }
    gathered = gather(maxBytes);
    gathered.add(pending);
    pendingBytes = pending.length;
  }
}

/** How many bytes the first message has; while that cannot be told, one more than there are. */
function frameOf(pending: Buffer, maxBytes: number): number {
  if (pending.length > 0 && pending[0] !== SEQUENCE) throw new NotLdap('no message');
  const length = lengthOf(pending) ?? pending.length + 1;
  if (length > maxBytes) throw new NotLdap('too much announced');
  return length;
}
