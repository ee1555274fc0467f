import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Login } from '../credentials/shown-to.ts';
import { mechanismOf } from './login.ts';
import { messageStream } from './message-stream.ts';
import { smtpError, type Phase } from './smtp-reply.ts';
import { askWhenAllIsRead, forgetUnread, hasMoreToRead } from './unread.ts';

/** All that a server may say in answer to one question: what it tells beyond is no answer. */
const MOST_SAID_BYTES = 1024 * 1024;
const LOOK_MS = 100;

/** What a server that says goodbye to our QUIT may take. */
const GOODBYE_MS = 500;

type Answer<T> = (error?: Error | null, value?: T) => void;

/**
 * One connection, and how far it got: the phase decides what a failure means. Each question is given up at its signal.
 *
 * @throws an error with a `code` from all that asks something
 */
export class SmtpSession {
  phase: Phase = 'opening';
  /** Taken over this connection. */
  messages = 0;
  /** Told once, when the connection has ended. */
  whenGone: () => void = () => undefined;
  readonly #connection: SMTPConnection;
  readonly #socket: Socket;
  /** The answer to EHLO, inside of TLS where that is demanded. */
  #extensions = '';
  #fail: ((error: Error) => void) | undefined;

  constructor(connection: SMTPConnection, socket: Socket) {
    this.#connection = connection;
    this.#socket = socket;
    // Errors are told to whoever waits for an answer; one that comes after the answer is of no interest.
    connection.on('error', (error) => this.#fail?.(error));
    connection.on('end', () => {
      this.#fail?.(smtpError('ECONNECTION'));
      this.whenGone();
    });
    askWhenAllIsRead(connection, () => this.#fail?.(smtpError('EPROTOCOL')));
  }

  get isLive(): boolean {
    return !this.#connection.destroyed;
  }

  /** To the end of EHLO, and of STARTTLS where that is demanded. */
  async open(signal: AbortSignal, needsTls: boolean): Promise<void> {
    await this.#ask<void>(signal, (answer) => this.#connection.connect(answer));
    this.#extensions = this.#connection.lastServerResponse || '';
    if (needsTls && !this.#connection.secure) throw smtpError('ETLS');
  }

  async login(login: Login, signal: AbortSignal): Promise<void> {
    this.phase = 'login';
    const method = mechanismOf(login, this.#extensions);
    if (method === undefined) throw smtpError('EAUTH');
    const shown = { user: login.user, pass: login.secret, method };
    await this.#ask<boolean>(signal, (answer) => this.#connection.login(shown, answer));
  }

  /**
   * The message is read when the server has said 354, and not before: from then on it may have been sent.
   *
   * @returns the final reply
   */
  async send(
    envelope: SMTPConnection.Envelope,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<string> {
    this.phase = 'envelope';
    let isWhole = false;
    const message = messageStream(bytes, {
      begins: () => {
        // The library takes any 2yz and 3yz here; then replies that nobody asked for would be taken for answers.
        const isAsked = /^354\b/.test(this.#connection.lastServerResponse || '');
        if (!isAsked || hasMoreToRead(this.#connection)) throw smtpError('EPROTOCOL');
        this.phase = 'data';
      },
      isWhole: () => {
        isWhole = true;
      },
    });
    const sent = await this.#ask<{ readonly response: string }>(signal, (answer) =>
      this.#connection.send(envelope, message, answer),
    );
    // It said yes to what it cannot have: what it will do is not known.
    if (!isWhole) throw smtpError('EPROTOCOL');
    this.messages += 1;
    return sent.response;
  }

  /** Whether a kept connection still works: what came unasked, or not at all, says that it does not. */
  async answers(signal: AbortSignal): Promise<boolean> {
    try {
      await nextTurn();
      await this.#ask<boolean>(signal, (answer) => this.#connection.reset(answer));
      await nextTurn();
      return this.isLive;
    } catch {
      return false;
    }
  }

  /** Keeps no process alive until it is woken. */
  rest(): void {
    this.#socket.unref();
  }

  wake(): void {
    this.#socket.ref();
  }

  /** Says goodbye and does not wait long for the answer. */
  quit(): void {
    this.#connection.quit();
    setTimeout(() => this.#connection.close(), GOODBYE_MS).unref();
  }

  /** Ends it without a word: a QUIT in the middle of DATA would become part of the message. */
  drop(): void {
    this.#connection.close();
    this.#socket.destroy();
    forgetUnread(this.#connection);
  }

  async #ask<T>(signal: AbortSignal, question: (answer: Answer<T>) => void): Promise<T> {
    if (signal.aborted) throw smtpError('ETIMEDOUT');
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const tooSlow = (): void => reject(smtpError('ETIMEDOUT'));
    signal.addEventListener('abort', tooSlow);
    const most = this.#socket.bytesRead + MOST_SAID_BYTES;
    const looking = setInterval(() => {
      if (this.#socket.bytesRead > most) reject(smtpError('EPROTOCOL'));
    }, LOOK_MS);
    this.#fail = reject;
    try {
      question((error, value) => (error ? reject(error) : resolve(value as T)));
      return await promise;
    } finally {
      this.#fail = undefined;
      clearInterval(looking);
      signal.removeEventListener('abort', tooSlow);
    }
  }
}
