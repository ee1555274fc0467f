import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
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

/** What a scripted server does at a command: the lines it writes, or one of its bad manners, `close` and `silence`. */
export type Step = string;

export interface Script {
  readonly greeting?: Step;
  readonly EHLO?: Step;
  readonly STARTTLS?: Step;
  readonly AUTH?: Step;
  readonly MAIL?: Step;
  readonly RCPT?: Step;
  readonly DATA?: Step;
  /** As soon as the first bytes of the message arrive. */
  readonly message?: Step;
  /** After the final dot. */
  readonly dot?: Step;
}

const POLITE = {
  greeting: '220 test',
  EHLO: '250 test',
  STARTTLS: '502 no',
  AUTH: '235 2.7.0 yes',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  dot: '250 ok',
  QUIT: '221 bye',
} as const satisfies Script & { QUIT: string };

/** A server that can misbehave where smtp-server cannot. `heard` holds everything it was sent. */
export async function startScripted(
  script: Script,
): Promise<TestServer & { readonly heard: () => string }> {
  const sockets = new Set<Socket>();
  let heard = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const play = playOn(socket, script);
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      play(chunk.toString('latin1'));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '0.0.0.0', listening));
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

function playOn(socket: Socket, script: Script): (text: string) => void {
  const steps: Record<string, Step | undefined> = { ...POLITE, ...script };
  let inData = false;
  let rest = '';
  const act = (step: Step | undefined): void => {
    if (step === 'close') socket.destroy();
    else if (step !== undefined && step !== 'silence') socket.write(`${step}\r\n`);
  };
  const line = (text: string): void => {
    if (inData) {
      if (text !== '.') return;
      inData = false;
      act(steps['dot']);
      return;
    }
    const verb = text.slice(0, 8) === 'STARTTLS' ? 'STARTTLS' : text.slice(0, 4).toUpperCase();
    act(steps[verb]);
    inData = verb === 'DATA' && Boolean(steps['DATA']?.startsWith('354'));
  };
  act(steps['greeting']);
  return (text) => {
    if (inData) act(steps['message']);
    const lines = (rest + text).split('\r\n');
    rest = lines.pop() ?? '';
    for (const each of lines) line(each);
  };
}
