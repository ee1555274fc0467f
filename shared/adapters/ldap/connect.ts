import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { ServerRecord } from '../../discover/directory.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { believed } from '../believed.ts';
import { guardedAddress, type GuardOptions } from '../outbound/guard.ts';

export interface ConnectOptions extends GuardOptions {
  /** From the name look-up to the end of the TLS handshake. */
  readonly connectTimeoutMs: number;
  /** PEM certificates of authorities to believe besides those that Node believes. */
  readonly authorities: readonly string[];
  /** Where TLS is spoken from the first byte on. Everywhere else LDAP is plain: what it gives is judged by itself. */
  readonly tlsPort: number;
}

/**
 * Connects to a server at the one address that the guard allows. Its TLS certificate has to name the SRV target.
 *
 * @param within ends the connection whenever it aborts
 * @failure discover/ldap-blocked, discover/ldap-unreachable
 * @failure discover/ldap-malformed when TLS fails, with a certificate that is not believed too
 */
export async function connectTo(
  { target, port }: Pick<ServerRecord, 'target' | 'port'>,
  options: ConnectOptions,
  within: AbortSignal,
): Promise<Outcome<Socket>> {
  const connecting = AbortSignal.any([within, AbortSignal.timeout(options.connectTimeoutMs)]);
  if (within.aborted) return fail('discover/ldap-unreachable');
  const guarded = await guardedAddress(target, port, { ...options, within: connecting });
  if (guarded.kind === 'blocked') return fail('discover/ldap-blocked');
  if (guarded.kind === 'unreachable') return fail('discover/ldap-unreachable');

  const plain = connectTcp({ host: guarded.address, port, family: guarded.family });
  plain.setNoDelay(true);
  if (!(await established(plain, 'connect', connecting, within))) {
    return fail('discover/ldap-unreachable');
  }
  if (port !== options.tlsPort) return done(plain);

  const secured = connectTls({
    socket: plain,
    host: target,
    ...(isIP(target) ? {} : { servername: target }),
    ca: believed(options.authorities),
  });
  const safe = await established(secured, 'secureConnect', connecting, within);
  if (safe) return done(secured);
  plain.destroy();
  return fail(connecting.aborted ? 'discover/ldap-unreachable' : 'discover/ldap-malformed');
}

/** Whether it came so far before the time was over; destroyed when not. From now on its errors only end it. */
async function established(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  connecting: AbortSignal,
  within: AbortSignal,
): Promise<boolean> {
  socket.on('error', () => socket.destroy());
  try {
    await once(socket, event, { signal: connecting });
    if (within.aborted) throw new Error('aborted');
    addAbortSignal(within, socket);
    return true;
  } catch {
    socket.destroy();
    return false;
  }
}
