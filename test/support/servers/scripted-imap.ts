import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** What a server says to a command: its untagged answers; `tagged` for another end than OK, `hang` for none. */
export interface Said {
  readonly untagged?: string | Iterable<Uint8Array | string>;
  readonly tagged?: string;
  readonly hang?: boolean;
}

export type Script = Readonly<
  Partial<
    Record<'greeting' | 'LOGIN' | 'EXAMINE' | 'FETCH' | 'UID FETCH', (command: string) => Said>
  >
>;

export interface ScriptedImap {
  readonly port: number;
  /** Every line that a client said. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

const FOLDER =
  '* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* OK [UIDVALIDITY 7] Valid\r\n* OK [UIDNEXT 3] Next\r\n';

const POLITE: Required<Script> = {
  greeting: () => ({ untagged: '* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] here\r\n' }),
  LOGIN: () => ({}),
  EXAMINE: () => ({ untagged: FOLDER }),
  FETCH: (command) => ({ untagged: rowsOf(command) }),
  'UID FETCH': () => ({ untagged: '* 1 FETCH (UID 1 BODY[]<0> {4}\r\nx:y\n)\r\n' }),
};

const rowsOf = (command: string): string => {
  const [, from = '1', to = from] = /FETCH (\d+)(?::(\d+))?/.exec(command) ?? [];
  const rows = [];
  for (let at = Number(from); at <= Number(to); at += 1) {
    rows.push(`* ${at} FETCH (UID ${at} RFC822.SIZE 4)\r\n`);
  }
  return rows.join('');
};

/**
 * An IMAP server that says what a test wants it to, on loopback.
 *
 * @param tls makes it one that is spoken to by TLS from the first byte
 */
export async function startScriptedImap(
  script: Script = {},
  tls?: { readonly cert: string; readonly key: string },
): Promise<ScriptedImap> {
  const says = { ...POLITE, ...script };
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    say(socket, '', says.greeting(''));
    let rest = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      const lines = `${rest}${chunk}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        answer(socket, line, says);
      }
    });
  };
  const server: Server = tls ? createTlsServer(tls, serve) : createServer(serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    async close() {
      const closed = new Promise((end) => server.close(end));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function answer(socket: Socket, line: string, says: Required<Script>): void {
  const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
  const name = /^(?:UID FETCH|\w+)/.exec(command)?.[0] ?? '';
  if (name === 'AUTHENTICATE' || name === 'LOGIN') return say(socket, tag, says.LOGIN(command));
  if (name === 'LIST') return say(socket, tag, { untagged: '* LIST () "/" INBOX\r\n' });
  const scripted = says[name as keyof Script];
  say(socket, tag, scripted ? scripted(command) : {});
}

function say(socket: Socket, tag: string, { untagged = '', tagged, hang }: Said): void {
  for (const piece of typeof untagged === 'string' ? [untagged] : untagged) {
    if (socket.destroyed) return;
    socket.write(piece);
  }
  if (!hang && tag !== '') socket.write(`${tag} ${tagged ?? 'OK done'}\r\n`);
}
