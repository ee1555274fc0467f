import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { believed } from '../believed.ts';
import type { Shown } from '../credentials/shown-to.ts';
import { CUSTOM_LOGINS } from './login.ts';
import { openSocket } from './open-socket.ts';
import { SmtpSession } from './smtp-session.ts';
import type { Phase } from './smtp-reply.ts';
import type { SmtpPeer } from './smtp-url.ts';

export interface OpenLimits {
  /** From the name look-up to the end of STARTTLS. */
  readonly connectMs: number;
  /** The longest silence of the server. */
  readonly silenceMs: number;
  /** PEM certificates of authorities to believe besides those that Node believes. */
  readonly authorities: readonly string[];
}

export type Opened =
  | { readonly kind: 'open'; readonly session: SmtpSession }
  | { readonly kind: 'failed'; readonly phase: Phase; readonly error: unknown };

/** A connection that is ready for a message: encrypted unless it leads to this machine, and logged in. */
export async function openSession(
  peer: SmtpPeer,
  shown: Shown,
  limits: OpenLimits,
  signal: AbortSignal,
): Promise<Opened> {
  let session: SmtpSession | undefined;
  try {
    const startMs = Date.now();
    const socket = await openSocket(peer, limits.connectMs, signal);
    const leftMs = Math.max(1, limits.connectMs - (Date.now() - startMs));
    const settings = connectionSettings(peer, shown, { ...limits, connectMs: leftMs }, socket);
    session = new SmtpSession(new SMTPConnection(settings), socket);
    await session.open(signal, peer.security !== 'none');
    if (shown.login) await session.login(shown.login, signal);
    return { kind: 'open', session };
  } catch (error) {
    session?.drop();
    return { kind: 'failed', phase: session?.phase ?? 'opening', error };
  }
}

function connectionSettings(
  { host, port, security }: SmtpPeer,
  { certificate }: Shown,
  { connectMs, silenceMs, authorities }: OpenLimits,
  connection: Socket,
): SMTPConnection.Options {
  return {
    host,
    port,
    connection,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    socketCloseTimeout: 1000,
    maxResponseSize: 64 * 1024,
    logger: false,
    tls: { ca: believed(authorities), ...certificate },
    customAuth: CUSTOM_LOGINS,
  };
}
