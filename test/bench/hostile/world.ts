import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Answer, DecodedPacket, Packet } from 'dns-packet';
import { addressName } from '../../../shared/discover/dns-cert.ts';
import { domainOf } from '../../../shared/ids.ts';
import { httpServer } from '../../adapters/http-fetch-servers.ts';
import { certAnswer, fakeDns, framed, reply } from '../../support/fake-dns.ts';
import { fakeLdap, type LdapBehaviour } from '../../support/fake-ldap.ts';
import { VICTIM } from './situation.ts';

/** What somebody who runs the servers of a domain makes them say. */
export interface World {
  /** Of a name server: what it is asked for it answers. */
  readonly resolver: string;
  readonly urlOf: (path: string) => string;
  /** The certificates of the address, in DNS. Without any, its LDAP server is found there. */
  readonly publish: (certificates: readonly Uint8Array[]) => void;
  /** Everything whose path begins so. */
  readonly serve: (path: string, answer: Uint8Array | RequestListener) => void;
  readonly answerLdap: (behave: LdapBehaviour) => void;
  /** So many datagrams for each that comes, none of which answers it. */
  readonly flood: (datagrams: number) => void;
  close(): Promise<void>;
}

const TRUNCATED = 0x0200;
const NO_SUCH_NAME = 3;

export async function openWorld(): Promise<World> {
  let certificates: readonly Uint8Array[] = [];
  let behave: LdapBehaviour | undefined;
  let datagrams = 0;
  const routes = new Map<string, RequestListener>();

  const ldap = await fakeLdap((search, socket) => behave?.(search, socket));
  const http = await httpServer((request, response) => {
    const route = [...routes].find(([path]) => request.url?.startsWith(`/${path}`))?.[1];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  const answersTo = (name: string, type: string | undefined): Answer[] => {
    if (name === addressName(VICTIM)) return certificates.map((each) => certAnswer(name, each));
    const hasServer = type === 'SRV' && behave && name === `_ldap._tcp.${domainOf(VICTIM)}`;
    return hasServer ? [serviceAt(name, ldap.port)] : [];
  };
  const packetFor = (query: DecodedPacket): Packet => {
    const { name, type } = query.questions![0]!;
    const answers = answersTo(name.toLowerCase(), type);
    return answers.length > 0 ? { answers } : { flags: NO_SUCH_NAME };
  };
  const dns = await fakeDns({
    udp(query) {
      if (datagrams > 0) {
        const unasked = reply({ ...query, id: 0 });
        return Array.from({ length: datagrams }, () => unasked);
      }
      const message = reply(query, packetFor(query));
      return message.length > 1200 ? reply(query, { flags: TRUNCATED }) : message;
    },
    tcp: (query) => framed(reply(query, packetFor(query))),
  });
  return {
    resolver: dns.address,
    urlOf: (path) => `${http.url}${path}`,
    publish: (all) => void (certificates = all),
    serve: (path, answer) =>
      void routes.set(
        path,
        typeof answer === 'function' ? answer : (_, response) => void response.end(answer),
      ),
    answerLdap: (how) => void (behave = how),
    flood: (count) => void (datagrams = count),
    async close() {
      await Promise.all([dns.close(), http.close(), ldap.close()]);
    },
  };
}

const serviceAt = (name: string, port: number): Answer => ({
  type: 'SRV',
  name,
  ttl: 60,
  data: { priority: 0, weight: 0, port, target: '127.0.0.1' },
});

const NOISE = Buffer.alloc(65_536, 0x30);

/** Writes as fast as it is taken, for as long as anybody listens. */
export function pour(into: Socket | ServerResponse, bytes: Buffer = NOISE): void {
  const write = (): void => {
    while (!into.destroyed && into.write(bytes));
  };
  into.on('drain', write);
  write();
}

/** One octet at a time, for as long as anybody listens. */
export function drip(into: Socket | ServerResponse): void {
  const timer = setInterval(() => into.write(Buffer.of(0x30)), 10);
  into.once('close', () => clearInterval(timer));
}
