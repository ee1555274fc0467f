import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { publishCommand } from '../../infra/cli/commands/publish.ts';
import { readCertRdata } from '../../shared/discover/dns-cert.ts';
import { describeWith } from '../support/needs.ts';
import { PASSWORD, pkcs12Of } from '../support/pkcs12-maker.ts';
import { cachedAuthority, issueQuickly, type Issued } from '../support/pki.ts';
import { folderFor } from './files.ts';
import { runCli } from './run-cli.ts';

const ADDRESS = 'Dr.Berg+x$y@direct.holder.example';
const OWNER = 'Dr.Berg\\+x\\$y.direct.holder.example.';
const write = folderFor('publish');
let ours: Issued;
let file: string;
let domainFile: string;

beforeAll(async () => {
  const authority = await cachedAuthority();
  ours = await issueQuickly(authority, { address: ADDRESS });
  file = write('ours.pem', ours.certificatePem);
  const domain = await issueQuickly(authority, { domain: 'Direct.Holder.example' });
  domainFile = write('domain.pem', domain.certificatePem);
});

const publish = (...args: string[]) => runCli({ publish: publishCommand }, 'publish', ...args);
const form = async (name: string, ...args: string[]): Promise<string> =>
  `${(await publish('--form', name, ...args)).out.join('\n')}\n`;

describe('publish', () => {
  test('writes a CERT record at the name of the address, with key tag and algorithm', async () => {
    const { exitCode, out } = await publish('--cert', file, '--ttl', '300');
    const base64 = Buffer.from(ours.certificate).toString('base64');
    const n = Buffer.from(String(ours.privateKey.export({ format: 'jwk' }).n), 'base64url');
    const tag = n.readUInt16BE(n.length - 2);

    expect(exitCode).toBe(0);
    expect(out).toContain(`${OWNER} 300 IN CERT PKIX ${tag} 8 ${base64}`);
    expect(out.at(-1)).toBe(`; To be published: ${ADDRESS} (1)`);
  });

  test('writes the same in the form for servers that do not know the type', async () => {
    const line = (await publish('--cert', file, '--form', 'generic')).out[1] ?? '';
    const [, length, hex] = /^\S+ 1800 IN TYPE37 \\# (\d+) ([0-9a-f]+)$/.exec(line) ?? [];
    const rdata = Buffer.from(hex ?? '', 'hex');

    expect(rdata).toHaveLength(Number(length));
    expect(readCertRdata(rdata)).toEqual({ type: 1, data: Uint8Array.from(ours.certificate) });
  });

  test('writes an entry for LDAP in lines of 76, which joined hold the certificate', async () => {
    const text = await form('ldif', '--cert', file, '--base', 'ou=direct,o=Holder');
    const [, base64] = /userCertificate;binary:: (.*)\n/.exec(text.replaceAll('\n ', '')) ?? [];

    expect(text).toContain('\ndn: cn=Dr.Berg\\+x$y@direct.holder.example,ou=direct,o=Holder\n');
    expect(text).toContain(`\nmail: ${ADDRESS}\n`);
    expect(base64).toBe(Buffer.from(ours.certificate).toString('base64'));
    const long = text.split('\n').filter((line) => line.length > 76);
    expect([long, text.split('\n').filter((line) => line.length === 76)]).toEqual([
      [],
      expect.arrayContaining([expect.stringMatching(/^ /)]),
    ]);
  });

  test('publishes a certificate of a domain at the domain, and several at one name together', async () => {
    const { out } = await publish('--cert', domainFile, '--cert', file, '--cert', domainFile, '--json'); // prettier-ignore
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      publications: [
        {
          mail: 'direct.holder.example',
          owner: 'direct.holder.example',
          certificates: [expect.any(String)],
          ldif: expect.arrayContaining([
            'dn: cn=direct.holder.example,dc=direct,dc=holder,dc=example',
          ]),
        },
        { mail: ADDRESS, zone: [expect.stringMatching(/^Dr\.Berg/)] },
      ],
    });
  });

  test('takes the certificate from a PKCS #12 file, and prints nothing of its key', async () => {
    const key = write('ours.p12', pkcs12Of(ours));
    const password = write('password', `${PASSWORD}\n`);
    const { exitCode, out } = await publish('--key', key, '--password-file', password);
    const secret = Buffer.from(String(ours.privateKey.export({ format: 'jwk' }).d), 'base64url');

    expect(exitCode).toBe(0);
    expect(out.join('\n')).toContain(Buffer.from(ours.certificate).toString('base64'));
    expect(out.join('\n')).not.toContain(secret.toString('base64').slice(4, 40));
    expect(out.join('\n')).not.toContain(secret.toString('hex').slice(0, 40));
  });

  test.each([
    ['a label of 64 octets', `${'a'.repeat(64)}@holder.example`],
    ['an asterisk, which would stand for every name', '*@holder.example'],
  ])('leaves %s out of DNS and says so', async (_, address) => {
    const odd = await issueQuickly(await cachedAuthority(), { address });
    const { exitCode, out } = await publish('--cert', write('odd.pem', odd.certificatePem));

    expect(exitCode).toBe(0);
    expect(out.filter((line) => line.includes(' IN '))).toEqual([]);
    expect(out).toContain(
      `; ${address} cannot be a name in DNS: publish it in LDAP, or use a certificate of the domain`,
    );
    expect(out.join('\n').replaceAll('\n ', '')).toContain(`\nmail: ${address}\n`);
  });

  test('remarks on a certificate of two names, of which others read only one', async () => {
    const san = [{ rfc822Name: 'a@holder.example' }, { dnsName: 'holder.example' }];
    const two = await issueQuickly(await cachedAuthority(), { san, name: 'two' });
    const path = write('two.pem', two.certificatePem);
    const { out } = await publish('--cert', path);
    expect(out).toContain(`; ${path} is bound to 2 names, of which other systems read only one`);
  });

  test.each([
    ['has expired', { notAfter: new Date(Date.now() - 1000) }, 'trust/expired'],
    ['only signs', { keyUsage: ['digitalSignature'] as const }, 'trust/key-usage'],
    ['has an elliptic curve key', { ec: 'P-256' as const }, 'trust/weak-key'],
    ['has no name', { san: [], name: 'none' }, 'bound to no address'],
  ])('refuses one that %s: whoever found it would stop there', async (_, options, says) => {
    const bad = await issueQuickly(await cachedAuthority(), { address: ADDRESS, ...options });
    const ran = await publish('--cert', write('bad.pem', bad.certificatePem));
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });

  test.each([
    ['no certificate', () => [], 'either with --cert'],
    ['both', () => ['--cert', file, '--key', 'a.p12'], 'either with --cert'],
    ['a TTL that is none', () => ['--cert', file, '--ttl', '1h'], '--ttl'],
    ['a form that is none', () => ['--cert', file, '--form', 'txt'], '--form takes zone'],
    ['a base that ends the line', () => ['--cert', file, '--base', 'o=a\nb: c'], '--base'],
    ['a word', () => [file], 'options only'],
    ['a file that is none', () => ['--cert', 'nowhere.pem'], 'nowhere.pem'],
  ])('says in one line what is wrong: %s', async (_, args, says) => {
    const ran = await publish(...args());
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });
});

const folder = mkdtempSync(join(tmpdir(), 'published-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SOA =
  '@ 300 IN SOA ns1 hostmaster 1 3600 600 86400 60\n@ 300 IN NS ns1\nns1 300 IN A 127.0.0.1\n';

/** The CERT lines of the zone as the server writes it out again, blanks evened. */
function asServed(records: string): readonly string[] {
  const zone = join(folder, 'zone');
  writeFileSync(zone, SOA + records);
  const dump = execFileSync('named-checkzone', ['-D', '-o', '-', 'holder.example', zone], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return dump
    .split('\n')
    .filter((line) => line.includes('CERT'))
    .map((line) => line.replace(/\s+/g, ' '));
}

describeWith(['named'], 'publish, as a name server reads it', () => {
  test.each(['zone', 'generic'])('in the form %s', async (name) => {
    const served = asServed(await form(name, '--cert', file, '--cert', domainFile));
    const base64 = Buffer.from(ours.certificate).toString('base64');

    expect(served).toHaveLength(2);
    const [address] = served.filter((line) => line.startsWith('Dr.Berg'));
    const [owner, ...rest] = (address ?? '').split(' ');
    expect(owner).toBe('Dr.Berg+x\\$y.direct.holder.example.');
    expect(rest.slice(0, 4)).toEqual(['1800', 'IN', 'CERT', 'PKIX']);
    expect([rest[5], rest.slice(6).join('')]).toEqual(['RSASHA256', base64]);
  });
});

const SLAPD = (database: string): string =>
  [
    ...['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`),
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    'database mdb',
    'suffix "dc=holder,dc=example"',
    `directory ${database}`,
    '',
  ].join('\n');

describeWith(['slapd'], 'publish, as an LDAP server takes it', () => {
  test('as entries of the domain', async () => {
    const database = join(folder, 'database');
    mkdirSync(database);
    const config = join(folder, 'slapd.conf');
    writeFileSync(config, SLAPD(database));
    const above = ['holder', 'direct,dc=holder'].map(
      (dc) =>
        `dn: dc=${dc},dc=example\nobjectClass: dcObject\nobjectClass: organization\ndc: ${dc.split(',')[0]}\no: Holder\n\n`,
    );
    const ldif = write('all.ldif', above.join('') + (await form('ldif', '--cert', file, '--cert', domainFile))); // prettier-ignore
    execFileSync('/usr/sbin/slapadd', ['-f', config, '-l', ldif], { stdio: 'ignore' });
    const stored = execFileSync('/usr/sbin/slapcat', ['-f', config, '-o', 'ldif-wrap=no'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

    expect(stored).toContain(
      `userCertificate;binary:: ${Buffer.from(ours.certificate).toString('base64')}\n`,
    );
    expect(stored.match(/^mail: .*$/gm)).toEqual([
      `mail: ${ADDRESS}`,
      'mail: direct.holder.example',
    ]);
  });
});
