import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  decode,
  encode,
  streamDecode,
  streamEncode,
  type DecodedPacket,
  type Packet,
} from 'dns-packet';
import { discoverCommand } from '../../infra/cli/commands/discover.ts';
import { doctorCommand } from '../../infra/cli/commands/doctor.ts';
import { publishCommand } from '../../infra/cli/commands/publish.ts';
import { folderFor } from '../cli/files.ts';
import { runCli } from '../cli/run-cli.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { startNamed } from '../support/servers/name-servers.ts';
import { startServer, type Server } from '../support/servers/server.ts';
import { BLOCKS } from './pages.ts';

/** docs/sub-zone.md as it stands, on the servers that it names: only addresses, ports and folders are others. */

const DOMAIN = 'direct.example.org';
const ADDRESS = `records@${DOMAIN}`;
const OWNER = `records.${DOMAIN}`;
const write = folderFor('sub-zone');

const blockIn = (language: string): string =>
  BLOCKS.find(({ page, info }) => page === 'docs/sub-zone.md' && info[0] === language)!.text;

const ZONE = blockIn('zone');
const SERIAL = Number(/ (\d{10}) /.exec(ZONE)?.[1]);

let certificate: string;
let anchor: string;
let records: string;
beforeAll(async () => {
  const authority = await cachedAuthority();
  anchor = write('anchor.pem', authority.certificatePem);
  const issued = await issueQuickly(authority, { address: ADDRESS });
  certificate = write('certificate.pem', issued.certificatePem);
  const args = ['publish', '--cert', certificate, '--form', 'zone'];
  for (const year of ['old', 'new']) {
    const { certificatePem } = await issueQuickly(authority, { domain: DOMAIN });
    args.push('--cert', write(`${year}.pem`, certificatePem));
  }
  records = (await runCli({ publish: publishCommand }, ...args)).out.join('\n');
});

/** Replaces what has to be there exactly once. */
const swapped = (text: string, swaps: Readonly<Record<string, string>>): string =>
  Object.entries(swaps).reduce((before, [from, to]) => {
    if (before.split(from).length !== 2) throw new Error(`not once on the page: ${from}`);
    return before.replace(from, to);
  }, text);

const startKnotOfThePage = (): Promise<Server> =>
  startServer({
    prepare: (folder, port) => {
      const configuration = swapped(blockIn('knot').replaceAll('"/var/lib/knot"', `"${folder}"`), {
        '"/run/knot"': `"${join(folder, 'run')}"`,
        '"0.0.0.0@53", "::@53"': `"127.0.0.1@${port}"`,
      });
      mkdirSync(join(folder, 'run'));
      writeFileSync(join(folder, 'knot.conf'), configuration);
      writeFileSync(join(folder, `${DOMAIN}.zone`), `${ZONE}\n`);
      writeFileSync(join(folder, 'certificates.zone'), `${records}\n`);
      return Promise.resolve(['knotd', '-c', join(folder, 'knot.conf')]);
    },
    answers: async (_, port) => (await at(port).resolveSoa(DOMAIN)).serial === SERIAL,
  });

function at(port: number): Resolver {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return resolver;
}

// What the library's types do not list, its code knows.
const QUESTION = {
  type: 'query',
  id: 7,
  questions: [{ type: 'CERT', name: OWNER }],
} as unknown as Packet;

/** @param largest octets that who asks says he can take */
async function byUdp(port: number, name: string, largest?: number): Promise<DecodedPacket> {
  const socket = createSocket('udp4');
  const asked = { ...QUESTION, questions: [{ type: 'CERT', name }], additionals: edns(largest) };
  socket.send(encode(asked as unknown as Packet), port, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  expect(answer.length).toBeLessThanOrEqual(Math.min(largest ?? 512, 1232));
  return decode(answer);
}

const edns = (largest: number | undefined) =>
  largest === undefined
    ? []
    : [{ type: 'OPT', name: '.', udpPayloadSize: largest, flags: 0, options: [] }];

async function byTcp(port: number): Promise<DecodedPacket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(streamEncode(QUESTION));
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    const got = Buffer.concat(chunks);
    if (got.length > 2 && got.length >= got.readUInt16BE(0) + 2) break;
  }
  const whole = Buffer.concat(chunks);
  expect(whole.length).toBeGreaterThan(512);
  return streamDecode(whole) as DecodedPacket;
}

describeWith(['knotd'], 'the sub-zone of docs/sub-zone.md, served by Knot DNS', () => {
  let knot: Server;
  beforeAll(async () => {
    knot = await startKnotOfThePage();
  });
  afterAll(() => knot.close());
  const dns = (): string => `127.0.0.1:${knot.port}`;

  test('a stranger finds the certificate at the address, and trusts it', async () => {
    const args = [ADDRESS, '--cert', certificate, '--anchor', anchor, '--dns', dns(), '--loopback'];
    const { exitCode, out } = await runCli({ doctor: doctorCommand }, 'doctor', ...args);
    expect([exitCode, out[0]]).toEqual([0, 'H1 dns-address  1 found: published']);
  });

  test('as a sender looks for it', async () => {
    const args = [ADDRESS, '--dns', dns(), '--loopback'];
    const { exitCode, out } = await runCli({ discover: discoverCommand }, 'discover', ...args);
    expect([exitCode, out.join('\n')]).toEqual([0, expect.stringContaining('dns-address')]);
  });

  test('two at the domain, whose answer is longer than any datagram that it sends', async () => {
    const args = [`any@${DOMAIN}`, '--dns', dns(), '--loopback', '--json'];
    const { out } = await runCli({ discover: discoverCommand }, 'discover', ...args);
    const { certificates } = JSON.parse(out[0]!) as { certificates: readonly object[] };
    expect(certificates).toHaveLength(2);
  });

  test('it does not fit into a datagram of 512 bytes, and comes by TCP', async () => {
    const small = await byUdp(knot.port, OWNER);
    expect([small.flag_tc, small.answers]).toEqual([true, []]);
    const whole = await byTcp(knot.port);
    expect([whole.flag_tc, whole.flag_aa, whole.answers?.length]).toEqual([false, true, 1]);
  });

  test('nobody is sent a datagram that has to be broken up, whatever he says he can take', async () => {
    expect((await byUdp(knot.port, OWNER, 4096)).answers).toHaveLength(1);
    expect((await byUdp(knot.port, DOMAIN, 4096)).flag_tc).toBe(true);
  });

  test('what the name had before moved along: mail, SPF and DMARC, two name servers', async () => {
    const resolver = at(knot.port);
    expect(await resolver.resolveMx(DOMAIN)).toMatchObject([{ priority: 10 }]);
    expect(await resolver.resolveTxt(DOMAIN)).toEqual([[expect.stringMatching(/^v=spf1 .* -all$/)]]); // prettier-ignore
    expect(await resolver.resolveTxt(`_dmarc.${DOMAIN}`)).toEqual([[expect.stringMatching(/^v=DMARC1;/)]]); // prettier-ignore
    const servers = await resolver.resolveNs(DOMAIN);
    expect(servers.toSorted()).toEqual([`ns1.${DOMAIN}`, `ns2.${DOMAIN}`]);
    for (const name of servers) expect(await resolver.resolve4(name)).toHaveLength(1);
  });
});

describeWith(['named'], 'the same zone file, served by BIND 9', () => {
  test('a stranger finds the certificate there too', async () => {
    const text = `${swapped(ZONE, { '$INCLUDE certificates.zone': records })}\n`;
    const named = await startNamed({ origin: DOMAIN, serial: SERIAL, text });
    const dns = ['--dns', `127.0.0.1:${named.port}`, '--loopback'];
    const args = [ADDRESS, '--cert', certificate, '--anchor', anchor, ...dns];
    const { exitCode } = await runCli({ doctor: doctorCommand }, 'doctor', ...args);
    await named.close();
    expect(exitCode).toBe(0);
  });
});
