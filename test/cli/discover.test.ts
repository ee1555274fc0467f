import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { discoverCommand } from '../../infra/cli/commands/discover.ts';
import { startDnsServer, type DnsServer } from '../../infra/local/world/dns-server.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { runCli } from './run-cli.ts';

let dns: DnsServer;
beforeAll(async () => {
  const { certificate } = await issueQuickly(await cachedAuthority(), { domain: 'clinic.example' });
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
