import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Envelope } from '../../shared/deliver/relay.ts';
import type { DirectAddress } from '../../shared/ids.ts';

export interface TestServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** A real SMTP server that keeps what it was given; options as smtp-server takes them. */
export async function startServer(
  options: SMTPServerOptions = {},
): Promise<TestServer & { readonly taken: readonly Envelope[] }> {
  const taken: Envelope[] = [];
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, { envelope }, answer) {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({
          from: (envelope.mailFrom && envelope.mailFrom.address) as DirectAddress,
          to: envelope.rcptTo[0]?.address as DirectAddress,
          bytes: Buffer.concat(chunks),
        });
        answer(null, 'queued as 4C1F for <Dr.Berg@clinic.example>');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '0.0.0.0', () =>
      resolve((listener.address() as AddressInfo).port),
    );
  });
  return { port, taken, close: () => new Promise((closed) => server.close(closed)) };
}

/**
 * What a scripted server does at a command: the lines it writes, or one of its bad manners, `close`, `reset` and `silence`.
 * After `>` it writes without an end of line, after `|` too, and then closes.
 */
export type Step = string;

/** The first time, the second time, and so on; the last one repeats. Where it is empty, nothing is done. */
export type Steps = Step | readonly Step[];

export interface Script {
  readonly greeting?: Steps;
  readonly EHLO?: Steps;
  readonly HELO?: Steps;
  readonly STARTTLS?: Steps;
  readonly AUTH?: Steps;
  readonly MAIL?: Steps;
  readonly RCPT?: Steps;
  readonly DATA?: Steps;
  readonly RSET?: Steps;
  /** As soon as the first bytes of a message arrive; after `silence` nothing is heard any more. */
  readonly message?: Steps;
  /** After the final dot. */
  readonly dot?: Steps;
  /** With it a `220` to STARTTLS is meant. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

const POLITE = {
  greeting: '220 test',
  EHLO: '250 test',
  HELO: '250 test',
  STARTTLS: '502 no',
  AUTH: '235 2.7.0 yes',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  RSET: '250 ok',
  dot: '250 ok',
  QUIT: '221 bye',
} as const satisfies Script & { QUIT: string };

export interface ScriptedServer extends TestServer {
  /** Everything it was sent, beneath TLS too. */
  readonly heard: () => string;
  /** How often somebody connected, and how many still are. */
  readonly connections: () => number;
  readonly open: () => number;
  /** When nobody is connected any more, and so all that was sent has been heard. */
  readonly left: () => Promise<void>;
  /** Says something unasked to everybody who is connected. */
  readonly say: (step: Step) => void;
  /** Messages that came whole, to the final dot. */
  readonly whole: () => number;
  /** Those of them to which it did not say no: it has them, whether it said so or not. */
  readonly taken: () => number;
}

/**
 * A server that can misbehave where smtp-server cannot.
 *
 * @param script of all connections, or of each by its number from 0
 */
export async function startScripted(
  script: Script | ((connection: number) => Script),
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const counts = { connections: 0, whole: 0, taken: 0 };
  let heard = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const steps = typeof script === 'function' ? script(counts.connections) : script;
    counts.connections += 1;
    playOn(socket, steps, {
      hears: (text) => {
        heard += text;
      },
      isWhole: (step = '') => {
        counts.whole += 1;
        if (!/^[45]\d\d /.test(step)) counts.taken += 1;
      },
    });
  });
  await new Promise<void>((listening) => server.listen(0, '0.0.0.0', listening));
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    connections: () => counts.connections,
    open: () => sockets.size,
    left: async () => {
      const ends = [...sockets].map((each) => new Promise((ended) => each.once('close', ended)));
      await Promise.all(ends);
    },
    say: (step) => {
      for (const socket of sockets) act(socket, step);
    },
    whole: () => counts.whole,
    taken: () => counts.taken,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

interface Told {
  readonly hears: (text: string) => void;
  readonly isWhole: (step: Step | undefined) => void;
}

function playOn(plain: Socket, script: Script, told: Told): void {
  const steps: Record<string, unknown> = { ...POLITE, ...script };
  const uses: Record<string, number> = {};
  let socket = plain;
  let inData = false;
  let hasBegun = false;
  let isDeaf = false;
  let rest = '';
  const next = (name: string): Step | undefined => {
    const known = steps[name] as Steps | undefined;
    const use = (uses[name] = (uses[name] ?? 0) + 1);
    return typeof known === 'object' ? (known[use - 1] ?? known.at(-1)) : known;
  };
  const line = (text: string): void => {
    if (inData) {
      if (text !== '.') return;
      inData = false;
      const step = next('dot');
      told.isWhole(step);
      act(socket, step);
      return;
    }
    const verb = text.slice(0, 8) === 'STARTTLS' ? 'STARTTLS' : text.slice(0, 4).toUpperCase();
    const step = next(verb);
    act(socket, step);
    inData = verb === 'DATA' && Boolean(step?.startsWith('354'));
    if (verb === 'STARTTLS' && script.tls && /^>?220/.test(step ?? '')) encrypt(script.tls);
  };
  const hear = (chunk: Uint8Array): void => {
    const text = Buffer.from(chunk).toString('latin1');
    told.hears(text);
    if (isDeaf) return;
    if (inData && !hasBegun) {
      const step = next('message');
      isDeaf = step === 'silence';
      act(socket, step);
    }
    hasBegun = inData;
    if (isDeaf) return;
    const lines = (rest + text).split('\r\n');
    rest = lines.pop() ?? '';
    for (const each of lines) line(each);
  };
  const encrypt = (tls: NonNullable<Script['tls']>): void => {
    plain.removeListener('data', hear);
    socket = new TLSSocket(plain, { isServer: true, ...tls });
    socket.on('error', () => undefined).on('data', hear);
  };
  socket.on('data', hear);
  act(socket, next('greeting'));
}

function act(socket: Socket, step: Step | undefined): void {
  if (step === undefined || step === '' || step === 'silence') return;
  if (step === 'close') socket.destroy();
  else if (step === 'reset') socket.resetAndDestroy();
  else if (step.startsWith('|')) socket.end(step.slice(1));
  else if (step.startsWith('>')) socket.write(step.slice(1));
  else socket.write(`${step}\r\n`);
}
