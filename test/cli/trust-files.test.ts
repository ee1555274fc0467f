import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { trustCommand } from '../../infra/cli/commands/trust.ts';
import { policiesExtension } from '../../infra/local/certificates/restrictions.ts';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { startDnsServer, type DnsServer } from '../../infra/local/world/dns-server.ts';
import { httpServer, type TestServer } from '../adapters/http-fetch-servers.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Authority,
  type Issued,
} from '../support/pki.ts';
import { folderFor } from './files.ts';
import { runCli } from './run-cli.ts';

const SERIAL = Uint8Array.of(0x41, 7);
const GOLD = '1.2.3.1';

const file = folderFor('trust-files');
const trust = (...args: string[]) => runCli({ trust: trustCommand }, 'trust', ...args);
/** Of a certificate in a file. */
const summaryOf = async (...args: string[]) => {
  const { exitCode, out, err } = await trust(...args, '--anchor', anchor);
  return [exitCode, out.at(-1) ?? err.at(-1)];
};
const says = (exitCode: number, text: string) => [exitCode, expect.stringContaining(text)];

let root: Authority;
let between: Issued;
let leaf: Issued;
let http: TestServer;
let dns: DnsServer;
let anchor: string;
let cert: string;
let middle: string;
let lists: string[];

beforeAll(async () => {
  root = await cachedAuthority();
  http = await httpServer(({ url }, response) => {
    if (url === '/between.cer') response.end(between.certificate);
    else if (url === '/between.crl') response.end(makeRevocationList(between));
    else response.writeHead(404).end();
  });
  between = await issueQuickly(root, {
    ca: true,
    name: 'Between',
    keys: await cachedKeys('between'),
    extraExtensions: [policiesExtension([GOLD])],
  });
  leaf = await issueQuickly(between, {
    address: 'berg@clinic.example',
    serial: SERIAL,
    issuerUrls: [`${http.url}between.cer`],
    crlUrls: [`${http.url}between.crl`],
    extraExtensions: [policiesExtension([GOLD])],
  });
  dns = await startDnsServer({
    records: { 'berg.clinic.example': [leaf.certificate, Uint8Array.of(1, 2, 3)] },
  });
  anchor = file('anchor.pem', root.certificatePem);
  cert = file('cert.pem', leaf.certificatePem);
  middle = file('between.cer', between.certificate);
  lists = [root, between].map((each, index) => file(`${index}.crl`, makeRevocationList(each)));
});
afterAll(async () => {
  await http.close();
  await dns.close();
});

describe('trust --cert', () => {
  test('judges a file by RFC 5280 alone, and with an address as a sender does', async () => {
    const chain = ['--cert', cert, '--intermediate', middle, '--offline', '--revocation', 'off'];
    expect(await summaryOf(...chain)).toEqual([0, `${cert}: 1 of 1 may be used`]);
    expect(await summaryOf('berg@clinic.example', ...chain)).toEqual([
      0,
      'berg@clinic.example: 1 of 1 may be used, proving the mailbox',
    ]);
    expect(await summaryOf('lopez@clinic.example', ...chain)).toEqual(
      says(1, 'trust/wrong-address'),
    );
  });

  test('gives the same to programs', async () => {
    const chain = [
      '--cert',
      cert,
      '--intermediate',
      middle,
      '--offline',
      '--revocation',
      'soft-fail',
    ];
    const { out } = await trust('berg@clinic.example', ...chain, '--anchor', anchor, '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      address: 'berg@clinic.example',
      proved: 'mailbox',
      certificates: [
        {
          path: ['CN=berg@clinic.example', 'CN=Between', 'CN=Test Anchor'],
          policies: [GOLD],
          proved: 'mailbox',
          revocation: 'unknown',
        },
      ],
    });
    const alone = await trust('--cert', cert, '--anchor', anchor, '--offline', '--json');
    expect(JSON.parse(alone.out[0] ?? '')).toMatchObject({
      file: cert,
      code: 'trust/no-anchor',
      certificates: [{ code: 'trust/no-anchor' }],
    });
  });

  test('others may stand behind the certificate in its file', async () => {
    const chain = file('chain.pem', `${leaf.certificatePem}${between.certificatePem}`);
    const args = ['--cert', chain, '--offline', '--revocation', 'off'];
    expect(await summaryOf(...args)).toEqual(says(0, '1 of 1'));
  });

  test('issuers and lists are fetched, unless --offline is given', async () => {
    const args = ['--cert', cert, '--loopback'];
    const { out } = await trust(...args, '--anchor', anchor);
    expect(out).toContain(
      '  revoked  something on the path names no source that could be asked whether it is revoked',
    );
    expect(await summaryOf(...args)).toEqual(says(0, '1 of 1'));
    expect(await summaryOf(...args, '--offline')).toEqual(says(1, 'trust/no-anchor'));
    expect(await summaryOf('--cert', cert)).toEqual(says(1, 'trust/blocked-source'));
  });

  test('--crl: lists from files', async () => {
    const chain = ['--cert', cert, '--intermediate', middle, '--offline'];
    const given = lists.flatMap((each) => ['--crl', each]);
    const revoked = [{ serial: SERIAL, at: new Date('2020-01-01T00:00:00Z') }];
    const bad = file('bad.crl', makeRevocationList(between, { revoked }));
    expect(await summaryOf(...chain)).toEqual(says(1, 'trust/revocation-unknown'));
    expect(await summaryOf(...chain, ...given, '--revocation', 'required')).toEqual(
      says(0, '1 of 1'),
    );
    expect(await summaryOf(...chain, ...given, '--crl', bad)).toEqual(says(1, 'trust/revoked'));
    const { out } = await trust(...chain, ...given, '--anchor', anchor);
    expect(out).toContain('  revoked  nothing on the path is revoked');
  });

  test('--at, --policy and --allow-sha1', async () => {
    const chain = ['--cert', cert, '--intermediate', middle, '--offline', '--revocation', 'off'];
    expect(await summaryOf(...chain, '--at', '2099-01-01')).toEqual(says(1, 'trust/expired'));
    expect(await summaryOf(...chain, '--policy', '1.2.9', '--policy', GOLD)).toEqual(
      says(0, '1 of 1'),
    );
    expect(await summaryOf(...chain, '--policy', '1.2.9')).toEqual(says(1, 'trust/policy'));
    const old = await issueQuickly(root, { domain: 'clinic.example', hash: 'sha1' });
    const oldFile = file('old.pem', old.certificatePem);
    expect(await summaryOf('--cert', oldFile)).toEqual(says(1, 'trust/weak-signature'));
    expect(await summaryOf('--cert', oldFile, '--allow-sha1')).toEqual(says(0, '1 of 1'));
  });

  test.each<[string[], string]>([
    [['--at', 'yesterday'], '--at takes a time'],
    [['--policy', 'gold'], '--policy takes an OID; this is none: gold.'],
    [['--revocation', 'hard'], '--revocation takes one of required, hard-fail, soft-fail, off.'],
    [['--crl', '/nowhere/a.crl'], 'Cannot read /nowhere/a.crl'],
    [['a b'], 'discover/bad-address'],
  ])('says it in one line: %j', async (args, text) => {
    expect(await summaryOf('--cert', cert, ...args)).toEqual(says(1, text));
  });

  test('names a file that is none of its kind', async () => {
    for (const [option, what] of [
      ['--crl', 'revocation list'],
      ['--ocsp', 'OCSP answer'],
      ['--intermediate', 'certificate'],
    ] as const) {
      const wrong = file(`wrong${option}`, 'nothing');
      expect(await summaryOf('--cert', cert, option, wrong)).toEqual(
        says(1, `${wrong} holds no ${what} that can be read.`),
      );
    }
    const wrong = file('wrong', 'nothing');
    expect(await summaryOf('--cert', wrong)).toEqual(says(1, 'holds no certificate'));
  });
});

test('what is published is judged with what is fetched', async () => {
  const args = ['berg@clinic.example', '--dns', dns.address, '--loopback'];
  const { out, exitCode } = await trust(...args, '--anchor', anchor);
  expect(out.filter((line) => line.startsWith('certificate'))).toEqual([
    'certificate 1, may be used: CN=berg@clinic.example',
    'certificate 2, trust/malformed: no certificate (3 bytes)',
  ]);
  expect([exitCode, out.at(-1)]).toEqual([
    0,
    'berg@clinic.example: 1 of 2 may be used, proving the mailbox',
  ]);
  expect(await summaryOf(...args, '--offline')).toEqual(says(1, 'trust/no-anchor'));
});
