import { connect, type Socket } from 'node:net';
import { smtpError } from './smtp-reply.ts';
import type { SmtpPeer } from './smtp-url.ts';

/**
 * A TCP connection, with nothing said on it yet.
 *
 * @param signal that ends the attempt
 * @throws Error with the `code` of the system, or ETIMEDOUT
 */
export async function openSocket(
  { host, port }: SmtpPeer,
  withinMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const tooSlow = (): void => reject(smtpError('ETIMEDOUT'));
  if (signal.aborted) throw smtpError('ETIMEDOUT');
  const socket = connect({ host, port });
  const timer = setTimeout(tooSlow, withinMs);
  signal.addEventListener('abort', tooSlow);
  socket.once('connect', resolve).once('error', reject);
  try {
    await promise;
    return socket.removeListener('error', reject);
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', tooSlow);
  }
}
