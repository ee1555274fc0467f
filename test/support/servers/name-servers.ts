import { writeFileSync } from 'node:fs';
import { Resolver } from 'node:dns/promises';
import { join } from 'node:path';
import { startServer, type Server } from './server.ts';
import type { ZoneText } from './zone-file.ts';

/** Octets of an answer by UDP: what is longer comes truncated. */
const LARGEST_DATAGRAM = 1232;

/** BIND 9 with one zone. */
export const startNamed = (zone: ZoneText): Promise<Server> =>
  startServer({
    prepare: async (folder, port) => {
      const configuration = writeIn(folder, 'named.conf', bindConfiguration(folder, port, zone));
      return ['named', '-g', '-n', '1', '-c', configuration];
    },
    answers: (_, port) => serves(zone, port),
  });

/** Knot DNS with one zone. */
export const startKnotd = (zone: ZoneText): Promise<Server> =>
  startServer({
    prepare: async (folder, port) => {
      const configuration = writeIn(folder, 'knot.conf', knotConfiguration(folder, port, zone));
      return ['knotd', '-c', configuration];
    },
    answers: (_, port) => serves(zone, port),
  });

function bindConfiguration(folder: string, port: number, { origin, text }: ZoneText): string {
  const file = writeIn(folder, 'zone', text);
  // Without `reuseport no` two of them could share a port, and each would get half of the questions.
  return `
options {
  directory "${folder}"; pid-file none; session-keyfile none; reuseport no;
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; allow-query { any; }; dnssec-validation no; notify no; allow-transfer { none; };
  edns-udp-size ${LARGEST_DATAGRAM}; max-udp-size ${LARGEST_DATAGRAM}; minimal-responses yes;
};
controls { };
zone "${origin}" { type primary; file "${file}"; };
`;
}

function knotConfiguration(folder: string, port: number, { origin, text }: ZoneText): string {
  writeIn(folder, 'zone', text);
  return `
server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
    udp-max-payload: ${LARGEST_DATAGRAM}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
control:
    listen: "${join(folder, 'knot.sock')}"
log:
  - target: stderr
    any: warning
database:
    storage: "${folder}"
template:
  - id: default
    storage: "${folder}"
    zonefile-sync: -1
    journal-content: none
zone:
  - domain: ${origin}.
    file: "zone"
`;
}

async function serves({ origin, serial }: ZoneText, port: number): Promise<boolean> {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return (await resolver.resolveSoa(origin)).serial === serial;
}

function writeIn(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
