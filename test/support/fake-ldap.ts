import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { contentOf, elementsIn, lengthOf } from '../../shared/adapters/ldap/ber.ts';

/** A search as it came in. */
export interface AskedSearch {
  readonly id: number;
  readonly base: string;
  /** 0 the entry itself, 2 all below it too. */
  readonly scope: number;
  readonly sizeLimit: number;
  /** What `mail` has to be; absent when anything will do. */
  readonly mail?: string;
  readonly attributes: readonly string[];
}

/** How a server answers a search: undefined is silence. */
export type LdapBehaviour = (search: AskedSearch, socket: Socket) => readonly Buffer[] | undefined;

export interface FakeLdap {
  readonly port: number;
  readonly asked: readonly AskedSearch[];
  /** Whether a client said that it goes. */
  readonly unbound: () => boolean;
  /** Connections that are open. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export interface FakeLdapOptions {
  /** Speaks TLS from the first byte on. */
  readonly tls?: TlsOptions;
  /** A free one when absent. */
  readonly port?: number;
  /** Said before anybody asked. */
  readonly banner?: string;
}

/** An LDAP server that answers exactly as it is told, for what no honest one does. */
export async function fakeLdap(
  behave: LdapBehaviour,
  { tls, port: wanted = 0, banner }: FakeLdapOptions = {},
): Promise<FakeLdap> {
  const asked: AskedSearch[] = [];
  const sockets = new Set<Socket>();
  let unbound = false;
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    if (banner) socket.write(banner);
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (let end = lengthOf(received); end && received.length >= end; end = lengthOf(received)) {
        const search = readSearch(received.subarray(0, end));
        received = received.subarray(end);
        if (search) asked.push(search);
        else unbound = true;
        for (const answer of (search && behave(search, socket)) ?? []) socket.write(answer);
      }
    });
  };
  const server = tls ? createTlsServer(tls, serve) : createServer(serve);
  server.on('tlsClientError', () => undefined);
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    asked,
    unbound: () => unbound,
    connections: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What an honest server holds. */
export interface LdapContents {
  readonly contexts: readonly string[];
  readonly entries: readonly LdapEntry[];
}

export interface LdapEntry {
  readonly context: string;
  readonly mail: string;
  readonly certificates: readonly Uint8Array[];
  /** As the server names what it gives. @default 'userCertificate;binary' */
  readonly attribute?: string;
}

/** Answers as OpenLDAP does. */
export const honestly =
  ({ contexts, entries }: LdapContents): LdapBehaviour =>
  ({ id, base, mail }) => {
    if (mail === undefined) return [entry(id, { namingContexts: contexts.map(bytesOf) }), end(id)];
    if (!contexts.includes(base)) return [end(id, 32)];
    const found = entries.filter(
      (each) => each.context === base && each.mail.toLowerCase() === mail.toLowerCase(),
    );
    return [
      ...found.map(({ attribute = 'userCertificate;binary', certificates }) =>
        entry(id, certificates.length > 0 ? { [attribute]: certificates } : {}),
      ),
      end(id),
    ];
  };

/** One element, its length in as many octets as it takes, or in four as Active Directory writes it. */
export function ber(tag: number, contents: readonly Uint8Array[], longLength = false): Buffer {
  const content = Buffer.concat(contents);
  const short = content.length < 0x80 && !longLength;
  const length = Buffer.alloc(short ? 1 : 5, 0x84);
  if (short) length[0] = content.length;
  else length.writeUInt32BE(content.length, 1);
  return Buffer.concat([Buffer.of(tag), length, content]);
}

export const octets = (value: Uint8Array | string): Buffer => ber(0x04, [bytesOf(value)]);

export const message = (id: number, operation: Buffer, ...controls: Buffer[]): Buffer =>
  ber(0x30, [ber(0x02, [Buffer.of(id)]), operation, ...controls], true);

export const entry = (
  id: number,
  attributes: Readonly<Record<string, readonly Uint8Array[]>>,
): Buffer =>
  message(
    id,
    ber(0x64, [
      octets('cn=somebody'),
      ber(
        0x30,
        Object.entries(attributes).map(([name, values]) =>
          ber(0x30, [octets(name), ber(0x31, values.map(octets))]),
        ),
      ),
    ]),
  );

/** The end of a search, with its result code. */
export const end = (id: number, code = 0, tag = 0x65): Buffer =>
  message(id, ber(tag, [ber(0x0a, [Buffer.of(code)]), octets(''), octets('for people')]));

export const reference = (id: number, url: string): Buffer => message(id, ber(0x73, [octets(url)]));

const bytesOf = (value: Uint8Array | string): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value) : value;

/** Undefined for what is no search. */
function readSearch(bytes: Buffer): AskedSearch | undefined {
  const [id, operation] = elementsIn(contentOf(elementsIn(bytes)[0], 0x30));
  if (operation?.tag !== 0x63) return undefined;
  const [base, scope, , sizeLimit, , , filter, attributes] = elementsIn(operation.content);
  const text = (index: number): string => elementsIn(filter!.content)[index]!.content.toString();
  return {
    id: id!.content.readUIntBE(0, id!.content.length),
    base: base!.content.toString(),
    scope: scope!.content[0]!,
    sizeLimit: sizeLimit!.content[0]!,
    ...(filter!.tag === 0xa3 && text(0) === 'mail' ? { mail: text(1) } : {}),
    attributes: elementsIn(attributes!.content).map(({ content }) => content.toString()),
  };
}

/** An entry of many attributes without a name, each of values without an octet; to be put in a message. */
export function crowd(attributes: number, valuesOfEach: number): Buffer {
  const values = Array.from({ length: valuesOfEach }, () => octets(''));
  const one = ber(0x30, [octets(''), ber(0x31, values)]);
  return ber(0x64, [
    octets(''),
    ber(
      0x30,
      Array.from({ length: attributes }, () => one),
    ),
  ]);
}
