import { Readable } from 'node:stream';
import { getCACertificates } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Envelope, Receipt, Relay } from '../deliver/relay.ts';
import { done, type Outcome } from '../outcome.ts';
import type { CredentialsFor } from './relay-secret.ts';
import { isSmtpError, receiptOf, refusalOf, type Phase } from './smtp/smtp-reply.ts';
import { smtpPeerOf, type SmtpPeer } from './smtp/smtp-url.ts';

/** Bounds in seconds; the whole hand-over must end well before a worker's lease does. */
export interface SmtpRelayOptions {
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
}

/**
 * Our own mail server as the last hop: MAIL FROM is the From of the message, as Direct peers demand.
 *
 * STARTTLS is demanded of every host but a loopback one, and certificates are checked. Nothing is logged.
 *
 * @param url `smtp://` (587 unless given) or `smtps://` (465), with `user:password@` where the server wants it
 * @throws Error on a URL that is none of this kind; its text never quotes the URL
 */
export function smtpRelay(url: string, options: SmtpRelayOptions = {}): Relay {
  const peer = smtpPeerOf(url);
  const settings = connectionSettings(peer, options);
  const overallMs = (options.overallSeconds ?? 60) * 1000;

  return {
    form: 'sealed',
    maxMessageBytes: options.maxMessageBytes ?? Infinity,
    async submit(envelope) {
      const connection = new SMTPConnection(settings);
      // Errors are told to whoever waits for an answer; one that comes after the answer is of no interest.
      connection.on('error', () => undefined);
      return handOver(new Session(connection, overallMs), peer, envelope);
    },
  };
}

async function handOver(
  session: Session,
  { credentials }: SmtpPeer,
  envelope: Envelope,
): Promise<Outcome<Receipt>> {
  try {
    await session.open();
    if (credentials) await session.login(credentials);
    const reply = await session.send(commandsOf(envelope), envelope.bytes);
    session.quit();
    return done({ receipt: receiptOf(reply) });
  } catch (error) {
    session.drop();
    if (!isSmtpError(error)) throw error;
    return refusalOf(session.phase, error);
  }
}

/**
 * What MAIL and RCPT say. A server that offers DSN (RFC 3461) is asked to tell under our ENVID when it gives the copy up or
 * is held up with it; any other is not told of it.
 */
const commandsOf = ({ from, to, bytes, envelopeId }: Envelope): SMTPConnection.Envelope => ({
  from,
  to: [to],
  size: bytes.length,
  ...(envelopeId && {
    dsn: { ret: 'HDRS', envid: envelopeId, notify: ['FAILURE', 'DELAY'], orcpt: `rfc822;${to}` },
  }),
});

function connectionSettings({ host, port, security }: SmtpPeer, options: SmtpRelayOptions) {
  const connectMs = (options.connectSeconds ?? 10) * 1000;
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    allowInternalNetworkInterfaces: true,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: (options.silenceSeconds ?? 30) * 1000,
    socketCloseTimeout: 1000,
    maxResponseSize: 64 * 1024,
    logger: false,
    ...(options.authorities && {
      tls: { ca: [...getCACertificates('default'), ...options.authorities] },
    }),
  };
}

type Answer<T> = (error?: Error | null, value?: T) => void;

/** One connection, and how far it got: the phase decides what a failure means. */
class Session {
  phase: Phase = 'opening';
  readonly #connection: SMTPConnection;
  readonly #deadline: Promise<never>;
  readonly #timer: NodeJS.Timeout;

  constructor(connection: SMTPConnection, overallMs: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.#connection = connection;
    this.#deadline = promise;
    this.#timer = setTimeout(
      () => reject(Object.assign(new Error('Too slow'), { code: 'ETIMEDOUT' })),
      overallMs,
    );
  }

  open(): Promise<void> {
    return this.#ask<void>((answer) => this.#connection.connect(answer));
  }

  async login(credentials: { readonly user: string; readonly pass: string }): Promise<void> {
    this.phase = 'login';
    if (!this.#connection.allowsAuth) {
      throw Object.assign(new Error('No AUTH is offered'), { code: 'EAUTH' });
    }
    await this.#ask<boolean>((answer) =>
      this.#connection.login({ credentials: { ...credentials } }, answer),
    );
  }

  /** The message is read when the server has said 354, and not before: from then on it may have been sent. */
  async send(envelope: SMTPConnection.Envelope, bytes: Uint8Array) {
    this.phase = 'envelope';
    const startData = (): void => {
      this.phase = 'data';
    };
    const message = new Readable({
      read() {
        startData();
        this.push(bytes);
        this.push(null);
      },
    });
    const sent = await this.#ask<{ readonly response: string }>((answer) =>
      this.#connection.send(envelope, message, answer),
    );
    return sent.response;
  }

  /** Says goodbye and does not wait long for the answer. */
  quit(): void {
    clearTimeout(this.#timer);
    this.#connection.quit();
    setTimeout(() => this.#connection.close(), 500).unref();
  }

  /** Ends it without a word: a QUIT in the middle of DATA would become part of the message. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#connection.close();
  }

  #ask<T>(question: (answer: Answer<T>) => void): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#connection.once('error', reject);
    question((error, value) => (error ? reject(error) : resolve(value as T)));
    return Promise.race([promise, this.#deadline]);
  }
}
