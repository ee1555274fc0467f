import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Envelope, Form, Receipt, Relay } from '../deliver/relay.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { CredentialsFor } from './relay-secret.ts';
import { accessTokens, type AccessTokens } from './credentials/access-tokens.ts';
import { KeptSessions } from './smtp/kept-sessions.ts';
import { shownTo } from './credentials/shown-to.ts';
import { openSession, type OpenLimits } from './smtp/open-session.ts';
import { isSmtpError, receiptOf, refusalOf, wasGone } from './smtp/smtp-reply.ts';
import type { SmtpSession } from './smtp/smtp-session.ts';
import { smtpPeerOf, type SmtpPeer } from './smtp/smtp-url.ts';

type Notify = 'SUCCESS' | 'FAILURE' | 'DELAY';

/** Bounds in seconds; the whole hand-over must end well before a worker's lease does. */
export interface SmtpRelayOptions {
  /** `sealed` unless given. */
  readonly form?: Form;
  /** From the name look-up to the end of STARTTLS. */
  readonly connectSeconds?: number;
  /** The longest silence of the server. */
  readonly silenceSeconds?: number;
  readonly overallSeconds?: number;
  /** Besides what the server announces. */
  readonly maxMessageBytes?: number;
  /** PEM certificates of authorities to believe besides those that Node believes. */
  readonly authorities?: readonly string[];
  /** What is shown to the server. */
  readonly credentials?: CredentialsFor;
  /** Of what a server that offers DSN is asked to tell; only of what went wrong unless given. */
  readonly notify?: readonly Notify[];
  /** Connections that stay open for the next message; none with 0. */
  readonly keptConnections?: number;
  /** How many messages one connection carries. */
  readonly messagesPerConnection?: number;
  /** How long it stays open with nothing to do: less than mail servers wait as a rule, which is 300 seconds. */
  readonly idleSeconds?: number;
}

/** All that a relay is made of. */
interface Parts {
  readonly peer: SmtpPeer;
  readonly limits: OpenLimits;
  readonly credentials: CredentialsFor;
  readonly tokens: AccessTokens;
  readonly kept: KeptSessions;
  readonly notify: readonly Notify[];
}

/**
 * Our own mail server as the last hop: MAIL FROM is the From of the message, as Direct peers demand.
 *
 * STARTTLS is demanded of every host but a loopback one, and certificates are checked. Connections are kept for the next
 * message. Nothing is logged.
 *
 * @param url `smtp://` (587 unless given) or `smtps://` (465), without credentials
 * @throws Error on a URL that is none of this kind; its text never quotes the URL
 */
export function smtpRelay(url: string, options: SmtpRelayOptions = {}): Relay {
  const parts = partsOf(url, options);
  const overallMs = (options.overallSeconds ?? 60) * 1000;

  return {
    form: options.form ?? 'sealed',
    maxMessageBytes: options.maxMessageBytes ?? Infinity,
    async submit(envelope) {
      const overall = new AbortController();
      const timer = setTimeout(() => overall.abort(), overallMs);
      try {
        return await submit(envelope, parts, overall.signal);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function partsOf(url: string, options: SmtpRelayOptions): Parts {
  const { authorities = [], credentials = async () => [] } = options;
  const silenceMs = (options.silenceSeconds ?? 30) * 1000;
  return {
    peer: smtpPeerOf(url),
    limits: {
      connectMs: (options.connectSeconds ?? 10) * 1000,
      silenceMs,
      authorities,
    },
    credentials,
    notify: options.notify ?? ['FAILURE', 'DELAY'],
    tokens: accessTokens(authorities, () => new Date()),
    kept: new KeptSessions({
      most: options.keptConnections ?? 4,
      mostMessages: options.messagesPerConnection ?? 100,
      idleSeconds: options.idleSeconds ?? 20,
      answersWithinMs: Math.min(5000, silenceMs),
    }),
  };
}

/** Over a kept connection, and over a new one when that was gone before the message began: then nothing was sent. */
async function submit(
  envelope: Envelope,
  parts: Parts,
  signal: AbortSignal,
): Promise<Outcome<Receipt>> {
  const kept = await parts.kept.take(signal);
  const answer = kept && (await handOver(kept, envelope, parts, signal));
  if (answer && answer !== 'gone') return answer;
  const opened = await open(parts, signal);
  if (!opened.ok) return opened;
  const first = await handOver(opened.value, envelope, parts, signal);
  return first === 'gone' ? fail('deliver/unreachable') : first;
}

/** Logged in; a kept token that is refused is replaced by a fresh one, once. */
async function open(parts: Parts, signal: AbortSignal): Promise<Outcome<SmtpSession>> {
  const { peer, limits, credentials, tokens } = parts;
  const shown = await shownTo(peer.namedAs, credentials, tokens);
  if (!shown.ok) return shown;
  const opened = await openSession(peer, shown.value, limits, signal);
  if (opened.kind === 'open') return done(opened.session);
  if (!isSmtpError(opened.error)) throw opened.error;
  const refusal = refusalOf(opened.phase, opened.error);
  const isTokenRefused =
    opened.phase === 'login' && refusal.failure.code === 'deliver/not-authorized';
  if (!isTokenRefused || !shown.value.login?.isRenewable) return refusal;
  tokens.forget();
  return open(parts, signal);
}

async function handOver(
  session: SmtpSession,
  envelope: Envelope,
  { kept, notify }: Parts,
  signal: AbortSignal,
): Promise<Outcome<Receipt> | 'gone'> {
  const wasKept = session.messages > 0;
  try {
    const reply = await session.send(commandsOf(envelope, notify), envelope.bytes, signal);
    kept.keep(session);
    return done({ receipt: receiptOf(reply) });
  } catch (error) {
    session.drop();
    if (!isSmtpError(error)) throw error;
    if (wasKept && wasGone(session.phase, error)) return 'gone';
    return refusalOf(session.phase, error);
  }
}

/**
 * What MAIL and RCPT say. A server that offers DSN (RFC 3461) is asked to tell under our ENVID when it gives the copy up or
 * is held up with it; any other is not told of it.
 */
const commandsOf = (
  { from, to, bytes, envelopeId }: Envelope,
  notify: readonly Notify[],
): SMTPConnection.Envelope => ({
  from,
  to: [to],
  size: bytes.length,
  ...(envelopeId && {
    dsn: { ret: 'HDRS', envid: envelopeId, notify: [...notify], orcpt: `rfc822;${to}` },
  }),
});
