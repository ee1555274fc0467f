import { isIP, type Socket } from 'node:net';
import { connect as startTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { believed } from '../../../../shared/adapters/believed.ts';
import type { Login, Shown } from '../../../../shared/adapters/credentials/shown-to.ts';
import { openSocket } from '../../../../shared/adapters/smtp/open-socket.ts';
import type { SmtpPeer } from '../../../../shared/adapters/smtp/smtp-url.ts';

/** A reply of a server: three digits, and what it says. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const MOST_BYTES = 64 * 1024;
/** Of one reply; more than any server has to say to EHLO. */
const MOST_LINES = 200;
const CONNECT_MS = 10_000;

/**
 * One connection to a mail server, by which it is asked what it would take, and given nothing. The relays have their own,
 * in `shared/adapters/smtp`, which says no more than what became of a message.
 */
export class SmtpDialogue {
  #socket: Socket;
  readonly #within: AbortSignal;
  #unread = '';

  constructor(socket: Socket, within: AbortSignal) {
    this.#within = within;
    this.#socket = socket;
    within.addEventListener('abort', () => this.#socket.destroy(), { once: true });
  }

  static async open(peer: SmtpPeer, within: AbortSignal): Promise<SmtpDialogue> {
    return new SmtpDialogue(await openSocket(peer, CONNECT_MS, within), within);
  }

  /** @throws Error with the `code` of OpenSSL or of Node, when the certificate is not to be believed */
  async secure(
    host: string,
    authorities: readonly string[],
    certificate: Shown['certificate'],
  ): Promise<{ readonly protocol: string; readonly certificate: PeerCertificate }> {
    // What came in clear behind the last reply anybody on the way may have said, and it would be read as said inside.
    if (this.#unread !== '') throw Object.assign(new Error('unasked'), { code: 'EPROTOCOL' });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const tls: TLSSocket = startTls({
      socket: this.#socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      ca: believed(authorities),
      ...certificate,
    });
    tls.once('secureConnect', resolve).once('error', reject);
    tls.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    await promise;
    this.#socket = tls;
    return { protocol: tls.getProtocol() ?? 'TLS', certificate: tls.getPeerCertificate() };
  }

  async say(line: string): Promise<Reply> {
    this.#socket.write(`${line}\r\n`);
    return this.hear();
  }

  /** @throws Error when the server goes away or says what is no reply */
  async hear(): Promise<Reply> {
    const lines: string[] = [];
    while (lines.length < MOST_LINES) {
      const line = await this.#line();
      const [, code, more, text = ''] = /^(\d{3})([ -]?)(.*)$/.exec(line) ?? [];
      if (code === undefined) throw Object.assign(new Error('no reply'), { code: 'EPROTOCOL' });
      lines.push(text);
      if (more !== '-') return { code: Number(code), lines };
    }
    throw Object.assign(new Error('no end'), { code: 'EPROTOCOL' });
  }

  async login({ user, secret, isToken }: Login, mechanism: string): Promise<Reply> {
    if (isToken) {
      const reply = await this.say(
        `AUTH XOAUTH2 ${base64(`user=${user}\x01auth=Bearer ${secret}\x01\x01`)}`,
      );
      return reply.code === 334 ? this.say('') : reply;
    }
    if (mechanism === 'PLAIN') return this.say(`AUTH PLAIN ${base64(`\0${user}\0${secret}`)}`);
    const asked = await this.say('AUTH LOGIN');
    if (asked.code !== 334) return asked;
    const named = await this.say(base64(user));
    return named.code === 334 ? this.say(base64(secret)) : named;
  }

  async end(): Promise<void> {
    await this.say('QUIT').catch(() => undefined);
    this.#socket.destroy();
  }

  drop(): void {
    this.#socket.destroy();
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#unread.indexOf('\n');
      if (end >= 0) {
        const line = this.#unread.slice(0, end).replace(/\r$/, '');
        this.#unread = this.#unread.slice(end + 1);
        return line;
      }
      if (this.#unread.length > MOST_BYTES) {
        throw Object.assign(new Error('no end'), { code: 'EPROTOCOL' });
      }
      this.#unread += await this.#chunk();
    }
  }

  #chunk(): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const socket = this.#socket;
    const code = (): string => (this.#within.aborted ? 'ETIMEDOUT' : 'ECONNRESET');
    const closed = (): void => reject(Object.assign(new Error('gone'), { code: code() }));
    const hear = (chunk: Buffer): void => {
      socket.pause();
      resolve(chunk.toString('latin1'));
    };
    socket.once('data', hear).once('error', reject).once('close', closed);
    if (socket.destroyed) closed();
    socket.resume();
    return promise.finally(() => {
      socket.off('data', hear).off('error', reject).off('close', closed);
    });
  }
}
