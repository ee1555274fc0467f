import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { discoverCommand } from '../../infra/cli/commands/discover.ts';
import { startDnsServer, type DnsServer } from '../../infra/local/world/dns-server.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { httpServer, type TestServer } from '../adapters/http-fetch-servers.ts';
import { describeWith } from '../support/needs.ts';
import { ldifOf } from '../support/servers/ldif.ts';
import type { Server } from '../support/servers/server.ts';
import { startSlapd } from '../support/servers/slapd.ts';
import { runCli } from './run-cli.ts';

let dns: DnsServer;
let certificate: Uint8Array;
beforeAll(async () => {
  ({ certificate } = await issueQuickly(await cachedAuthority(), { domain: 'clinic.example' }));
  dns = await startDnsServer({
    records: {
      'clinic.example': [certificate],
      'odd.example': [Uint8Array.of(1, 2, 3), certificate],
      'bad.example': [Uint8Array.of(1, 2, 3)],
    },
  });
});
afterAll(() => dns.close());

const discover = (...args: string[]) =>
  runCli({ discover: discoverCommand }, 'discover', ...args, '--dns', dns.address);

describe('discover', () => {
  test('shows each look and each certificate', async () => {
    const { exitCode, out } = await discover('Dr.Berg@clinic.example');
    expect(exitCode).toBe(0);
    expect(out).toEqual([
      expect.stringMatching(/^dns-address +CERT Dr.Berg.clinic.example: discover\/no-certificate/),
      expect.stringMatching(/^dns-domain +CERT clinic.example: 1 found/),
      'certificate 1: CN=clinic.example',
      '  for      DNS:clinic.example',
      '  issuer   CN=Test Anchor',
      expect.stringMatching(/^ {2}valid {4}\d{4}-.*Z to \d{4}-.*Z$/),
      '  key      rsa 2048',
      expect.stringMatching(/^ {2}SHA-256 {2}([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      'Dr.Berg@clinic.example: 1 found at dns-domain',
    ]);
  });

  test('gives the same to programs', async () => {
    const { out } = await discover('berg@clinic.example', '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      address: 'berg@clinic.example',
      stage: 'dns-domain',
      looks: [{ stage: 'dns-address', code: 'discover/no-certificate' }, { found: 1 }],
      certificates: [{ subjectAltName: 'DNS:clinic.example' }],
    });
  });

  test('says of bytes that are no certificate that they are none', async () => {
    const { out } = await discover('berg@odd.example');
    expect(out).toContain('certificate 1: no certificate (3 bytes)');
  });

  test.each([
    ['discover/no-certificate', 'berg@none.example'],
    ['discover/bad-certificate', 'berg@bad.example'],
  ])('%s: ends with 1 and the sentence', async (code, address) => {
    const plain = await discover(address);
    expect(plain.exitCode).toBe(1);
    expect(plain.out.at(-1)).toMatch(new RegExp(`^${address}: ${code}: .+\\.$`));
    const json = await discover(address, '--json');
    expect(JSON.parse(json.out[0] ?? '')).toMatchObject({ code });
    expect(json.err).toEqual([plain.out.at(-1)]);
  });

  test.each(['nonsense:99999', ''])('asks for a resolver in its own words: "%s"', async (given) => {
    const ran = await runCli(
      { discover: discoverCommand },
      'discover',
      'a@b.example',
      '--dns',
      given,
    );
    expect(ran).toEqual({ exitCode: 1, out: [], err: [expect.stringMatching(/^--dns takes/)] });
  });

  test.each([[[]], [['a@b.example', 'c@d.example']], [['a b@c.example']], [['--nope']]])(
    'asks for one address: %j',
    async (args) => {
      const ran = await discover(...args);
      expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.any(String)] });
    },
  );
});

describe('discover behind a URL', () => {
  const IPKIX = 4;
  let http: TestServer;
  beforeAll(async () => {
    http = await httpServer((_, response) => response.end(certificate));
    dns.set('linked.example', [{ type: IPKIX, data: Buffer.from(http.url) }]);
  });
  afterAll(() => http.close());

  test('shows what was fetched', async () => {
    const { exitCode, out } = await discover('berg@linked.example', '--loopback');
    const fetches = out.filter((line) => line.startsWith('fetch'));
    expect([exitCode, fetches]).toEqual([
      0,
      [expect.stringContaining(`GET ${http.url}: 1 found [`)],
    ]);
  });

  test('discover/blocked-url: this machine is closed to what outsiders name', async () => {
    const { exitCode, out } = await discover('berg@linked.example');
    expect([exitCode, out.at(-1)]).toEqual([1, expect.stringContaining('discover/blocked-url')]);
  });
});

const at = (priority: number, port: number) => ({ priority, weight: 0, port, target: '127.0.0.1' });

describeWith(['slapd'], 'discover in LDAP', () => {
  let slapd: Server;
  let closed: number;
  beforeAll(async () => {
    const entries = [
      {
        name: 'berg',
        mail: 'berg@ldap.example',
        certificates: { 'userCertificate;binary': [certificate] },
      },
    ];
    slapd = await startSlapd({
      databases: [{ suffix: 'ou=clinic', ldif: ldifOf('ou=clinic', entries) }],
    });
    const gone = await httpServer(() => undefined);
    closed = gone.port;
    await gone.close();
    dns.set('_ldap._tcp.ldap.example', [at(1, slapd.port), at(0, closed)]);
  });
  afterAll(() => slapd.close());

  test('shows the servers in the order in which they are asked, and what each said', async () => {
    const { exitCode, out } = await discover('berg@ldap.example', '--loopback');
    const looks = out.slice(0, 6).map((line) => line.replace(/ \[\d+ ms\]$/, ''));
    const none = 'No certificate is published for this address';
    expect(looks).toEqual([
      expect.stringContaining(
        `dns-address  CERT berg.ldap.example: discover/no-certificate: ${none}`,
      ),
      expect.stringContaining(`dns-domain   CERT ldap.example: discover/no-certificate: ${none}`),
      'ldap-servers SRV _ldap._tcp.ldap.example: 2 found',
      expect.stringContaining(`ldap-address LDAP 127.0.0.1:${closed}: discover/ldap-unreachable`),
      `ldap-address LDAP 127.0.0.1:${slapd.port}: 1 found`,
      `ldap-address LDAP 127.0.0.1:${slapd.port} ou=clinic berg@ldap.example: 1 found`,
    ]);
    expect([exitCode, out.at(-1)]).toEqual([0, 'berg@ldap.example: 1 found at ldap-address']);
  });

  test('discover/ldap-blocked: this machine is closed to what outsiders name', async () => {
    const { exitCode, out } = await discover('berg@ldap.example', '--json');
    expect([exitCode, JSON.parse(out[0] ?? '')]).toMatchObject([
      1,
      { code: 'discover/ldap-blocked' },
    ]);
  });
});
