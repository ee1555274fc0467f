import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trustCommand } from '../../infra/cli/commands/trust.ts';
import { startDnsServer, type DnsServer } from '../../infra/local/world/dns-server.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'trust-'));
let dns: DnsServer;
let anchors: { ours: string; other: string; bundle: string; none: string };

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

beforeAll(async () => {
  const ours = await cachedAuthority();
  const other = await cachedAuthority('Unknown Anchor');
  const good = await issueQuickly(ours, { domain: 'clinic.example' });
  const expired = await issueQuickly(ours, {
    domain: 'clinic.example',
    notAfter: new Date(Date.now() - 1000),
  });
  dns = await startDnsServer({
    records: {
      'clinic.example': [expired.certificate, good.certificate],
      'late.example': [expired.certificate],
    },
  });
  anchors = {
    ours: file('ours.pem', ours.certificatePem),
    other: file('other.pem', other.certificatePem),
    bundle: file('bundle.pem', `${other.certificatePem}${ours.certificatePem}`),
    none: file('none.pem', 'nothing'),
  };
});
afterAll(async () => {
  await dns.close();
  rmSync(folder, { recursive: true });
});

const trust = (...args: string[]) =>
  runCli({ trust: trustCommand }, 'trust', ...args, '--dns', dns.address);

describe('trust', () => {
  test.each(['ours', 'bundle'] as const)(
    'says which may be used and why not the others, with anchors from %s.pem',
    async (name) => {
      const { exitCode, out } = await trust('berg@clinic.example', '--anchor', anchors[name]);
      expect(exitCode).toBe(0);
      expect(out.filter((line) => line.startsWith('certificate'))).toEqual([
        'certificate 1, trust/expired: CN=clinic.example',
        'certificate 2, may be used: CN=clinic.example',
      ]);
      expect(out.at(-1)).toBe('berg@clinic.example: 1 of 2 may be used, proving the service');
      expect(out.slice(-6, -1)).toEqual([
        expect.stringMatching(/^ {2}SHA-256/),
        '  path     CN=clinic.example',
        '           CN=Test Anchor',
        '  proves   the service',
        '  revoked  something on the path names no source that could be asked whether it is revoked',
      ]);
    },
  );

  test('trust/no-anchor: another authority than the anchor', async () => {
    const { exitCode, out } = await trust(
      'berg@clinic.example',
      '--anchor',
      anchors.other,
      '--json',
    );
    expect([exitCode, JSON.parse(out[0] ?? '')]).toMatchObject([
      1,
      {
        code: 'trust/no-anchor',
        certificates: [{ code: 'trust/expired' }, { code: 'trust/no-anchor' }],
      },
    ]);
  });

  test('discover/no-certificate: nothing to be judged', async () => {
    const { exitCode, out } = await trust('berg@none.example', '--anchor', anchors.ours);
    expect([exitCode, out]).toEqual([1, [expect.stringContaining('discover/no-certificate')]]);
  });

  test.each([
    ['no anchor', () => ['berg@clinic.example'], '--anchor'],
    ['an anchor that is none', () => ['berg@clinic.example', '--anchor', anchors.none], 'none.pem'],
  ])('says it in one line: %s', async (_, args, says) => {
    expect(await trust(...args())).toMatchObject({
      exitCode: 1,
      out: [],
      err: [expect.stringContaining(says)],
    });
  });
});
