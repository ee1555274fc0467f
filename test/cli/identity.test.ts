import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { identityCommand } from '../../infra/cli/commands/identity.ts';
import { describeWith } from '../support/needs.ts';
import { PASSWORD, pkcs12Of } from '../support/pkcs12-maker.ts';
import {
  cachedAuthority,
  cachedKeys,
  issueQuickly,
  type Issued,
  type IssueOptions,
} from '../support/pki.ts';
import { folderFor } from './files.ts';
import { runCli } from './run-cli.ts';

const ADDRESS = 'records@holder.example';
const DAY_MS = 86_400_000;
const KMS_KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const write = folderFor('identity');
let anchor: string;
let former: Issued;
let files: readonly string[];
let fresh: Issued;
let number = 0;

/** The two files of a new certificate, as options. */
async function filesOf(options: IssueOptions, keys = 'fresh'): Promise<readonly string[]> {
  const issued = await issueQuickly(await cachedAuthority(), {
    ...options,
    keys: options.keys ?? (await cachedKeys(keys, options)),
  });
  number += 1;
  const key = write(`key${number}.pem`, issued.privateKeyPem);
  return ['--key', key, '--cert', write(`cert${number}.pem`, issued.certificatePem)];
}

beforeAll(async () => {
  const authority = await cachedAuthority();
  anchor = write('anchor.pem', authority.certificatePem);
  const issueTo = async (keys: string) =>
    issueQuickly(authority, { address: ADDRESS, keys: await cachedKeys(keys) });
  former = await issueTo('former');
  fresh = await issueTo('fresh');
  files = [
    '--key',
    write('fresh.key', fresh.privateKeyPem),
    '--cert',
    write('fresh.pem', fresh.certificatePem),
  ];
});

const secretWith = (...issued: readonly Issued[]): string => {
  number += 1;
  const identities = issued.map(({ certificatePem, privateKeyPem }) => ({
    address: ADDRESS,
    certificate: certificatePem,
    privateKey: privateKeyPem,
  }));
  const text = JSON.stringify({ identities });
  write(`secret${number}.json.signing`, text);
  return write(`secret${number}.json`, text);
};

const install = (secret: string, ...args: readonly string[]) =>
  runCli(
    { identity: identityCommand },
    'identity',
    'install',
    '--address',
    ADDRESS,
    '--anchor',
    anchor,
    '--signing-secret',
    signingOf(secret),
    '--decryption-secret',
    secret,
    ...args,
  );

/** The file of who signs, beside that of who decrypts. */
const signingOf = (secret: string): string => `${secret}.signing`;

interface Kept {
  readonly certificate: string;
  readonly decryptUntil?: string;
}
const identitiesOf = (path: string) =>
  (JSON.parse(readFileSync(path, 'utf8')) as { identities: Kept[] }).identities;

describe('identity install', () => {
  test('puts a good one first, keeps the former to decrypt, and prints nothing of a key', async () => {
    const secret = secretWith(former);
    const before = Date.now();
    const { exitCode, out, err } = await install(secret, ...files);
    const [first, second, ...rest] = identitiesOf(secret);

    expect([exitCode, err, rest]).toEqual([0, [], []]);
    expect(first).toEqual({
      address: ADDRESS,
      certificate: fresh.certificatePem,
      privateKey: fresh.privateKeyPem,
    });
    expect(second?.certificate).toBe(former.certificatePem);
    // Eleven days and an hour: docs/identities.md.
    const days = (Date.parse(second!.decryptUntil!) - before) / DAY_MS;
    expect(days).toBeGreaterThanOrEqual(11 + 1 / 24);
    expect(days).toBeLessThan(11.1);
    expect(identitiesOf(signingOf(secret))).toEqual([first]);
    expect([secret, signingOf(secret)].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o600, 0o600,
    ]);
    expect(out).toContain('  serves   signature and encryption');
    expect(out.at(-1)).toMatch(/^Installed: 1 for records@holder\.example, 1 kept, 0 removed\./);
    for (const { privateKeyPem } of [fresh, former]) {
      const line = privateKeyPem.split('\n')[3] ?? '';
      expect(line).toHaveLength(64);
      expect(out.join('\n')).not.toContain(line);
    }
  });

  test('with --json says the same, and nothing of a key', async () => {
    const { out } = await install(secretWith(former), ...files, '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      address: ADDRESS,
      isWritten: true,
      identities: [{ subjectAltName: `email:${ADDRESS}`, serves: ['signature', 'encryption'] }],
      kept: [{ decryptUntil: expect.stringMatching(/Z$/) }],
    });
    expect(out[0]).not.toContain('PRIVATE');
  });

  test('with --dry-run writes nothing', async () => {
    const secret = secretWith(former);
    const text = readFileSync(secret, 'utf8');
    const { exitCode, out } = await install(secret, ...files, '--dry-run');
    expect([exitCode, readFileSync(secret, 'utf8')]).toEqual([0, text]);
    expect(out.at(-1)).toMatch(/^Would be installed: 1/);
  });

  test('makes the secret when there is none', async () => {
    const secret = join(dirname(anchor), 'first.json');
    expect(existsSync(secret)).toBe(false);
    expect(await install(secret, ...files)).toMatchObject({ exitCode: 0 });
    expect([secret, signingOf(secret)].map((path) => identitiesOf(path).length)).toEqual([1, 1]);
  });

  test('takes a certificate of the domain, and keeps the former until the time that is given', async () => {
    const secret = secretWith(former);
    const given = await filesOf({ domain: 'holder.example' });
    const until = new Date(Date.now() + DAY_MS).toISOString();
    expect(await install(secret, ...given, '--until', until)).toMatchObject({ exitCode: 0 });
    expect(identitiesOf(secret)[1]?.decryptUntil).toBe(until);
  });

  test('follows a path through an intermediate that is given, and through none that is not', async () => {
    const between = await issueQuickly(await cachedAuthority(), {
      name: 'Between',
      ca: true,
      keys: await cachedKeys('between'),
    });
    const leaf = await issueQuickly(between, { address: ADDRESS, keys: await cachedKeys('fresh') });
    const given = ['--key', files[1]!, '--cert', write('leaf.pem', leaf.certificatePem)];
    const without = await install(secretWith(former), ...given);
    expect([without.exitCode, without.out.join('\n')]).toEqual([1, expect.stringContaining('trust/no-anchor')]); // prettier-ignore
    const intermediate = write('between.pem', between.certificatePem);
    const { exitCode } = await install(
      secretWith(former),
      ...given,
      '--intermediate',
      intermediate,
    );
    expect(exitCode).toBe(0);
  });

  test('takes the two of a pair together, each where it may be used and nowhere else', async () => {
    const secret = secretWith();
    const reads = await filesOf({ address: ADDRESS, keyUsage: ['keyEncipherment'] }, 'reads');
    const signs = await filesOf({ address: ADDRESS, keyUsage: ['digitalSignature'] }, 'signs');
    expect(await install(secret, ...reads, ...signs)).toMatchObject({ exitCode: 0 });
    const held = [signingOf(secret), secret].map((path) =>
      identitiesOf(path).map(({ certificate }) => certificate),
    );
    expect(held).toEqual([signs[3], reads[3]].map((path) => [readFileSync(path!, 'utf8')]));
  });

  test('leaves a key in KMS to sign, and then no key of the address is where one signs', async () => {
    const secret = secretWith(former);
    const inKms = { address: ADDRESS, certificate: former.certificatePem, kmsKeyId: KMS_KEY };
    writeFileSync(signingOf(secret), JSON.stringify({ identities: [inKms] }));
    const { exitCode, out } = await install(secret, ...files);
    expect([exitCode, identitiesOf(signingOf(secret))]).toEqual([0, [inKms]]);
    expect(out).toContain('The key in KMS goes on signing for the address.');
    expect(identitiesOf(secret)[0]?.certificate).toBe(fresh.certificatePem);
  });

  test('notes one that runs out within thirty days', async () => {
    const soon = await filesOf({ address: ADDRESS, notAfter: new Date(Date.now() + 29 * DAY_MS) });
    const { exitCode, out } = await install(secretWith(former), ...soon);
    expect([exitCode, out]).toEqual([0, expect.arrayContaining(['  note     it expires within 30 days'])]); // prettier-ignore
  });

  test.each<[string, IssueOptions, string]>([
    ['of another address', { address: 'x@holder.example' }, 'trust/wrong-address'],
    ['of a domain above', { domain: 'example' }, 'trust/wrong-address'],
    ['that has expired', { address: ADDRESS, notAfter: new Date(Date.now() - 1000) }, 'trust/expired'], // prettier-ignore
    ['that is not valid yet', { address: ADDRESS, notBefore: new Date(Date.now() + DAY_MS) }, 'trust/not-yet-valid'], // prettier-ignore
    ['with a key too short', { address: ADDRESS, bits: 1024 }, 'trust/weak-key'],
    ['with a weak signature', { address: ADDRESS, hash: 'sha1' }, 'trust/weak-signature'],
    ['for servers', { address: ADDRESS, extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }, 'trust/key-usage'], // prettier-ignore
    ['that only signs', { address: ADDRESS, keyUsage: ['digitalSignature'] }, 'nobody could encrypt to us'], // prettier-ignore
    ['that only decrypts', { address: ADDRESS, keyUsage: ['keyEncipherment'] }, 'none of them may sign'], // prettier-ignore
    ['on an elliptic curve', { address: ADDRESS, ec: 'P-256' }, 'nobody could encrypt to us'],
    [
      'of two names',
      { san: [{ rfc822Name: ADDRESS }, { dnsName: 'holder.example' }], name: 'two' },
      'it is bound to 2 names',
    ],
  ])('refuses one %s, and leaves the secret as it was', async (_, options, says) => {
    const secret = secretWith(former);
    const text = readFileSync(secret, 'utf8');
    const given = await filesOf(options, `odd ${options.bits ?? ''}`);
    const { exitCode, out } = await install(secret, ...given);
    expect([exitCode, out.join('\n')]).toEqual([1, expect.stringContaining(says)]);
    expect(out.at(-1)).toMatch(/^Not installed: 1 for/);
    expect([secret, signingOf(secret)].map((path) => readFileSync(path, 'utf8'))).toEqual([text, text]); // prettier-ignore
  });

  test('refuses one of an authority that is not named', async () => {
    const other = await cachedAuthority('Unknown Anchor');
    const leaf = await issueQuickly(other, { address: ADDRESS, keys: await cachedKeys('fresh') });
    const secret = secretWith(former);
    const given = ['--key', files[1]!, '--cert', write('other.pem', leaf.certificatePem)];
    const { exitCode, out } = await install(secret, ...given);
    expect([exitCode, out.join('\n')]).toEqual([1, expect.stringContaining('trust/no-anchor')]);
  });

  test('refuses a key that is not that of the certificate', async () => {
    const wrong = ['--key', write('former.key', former.privateKeyPem), '--cert', files[3]!];
    expect(await install(secretWith(former), ...wrong)).toMatchObject({
      exitCode: 1,
      out: [],
      err: [expect.stringContaining('is not the key of')],
    });
  });

  test('takes the deadlines of a stage from its settings', async () => {
    const secret = secretWith(former);
    const settings = write('stage.json', JSON.stringify(SETTINGS));
    const { exitCode } = await install(secret, ...files, '--settings', settings);
    const days = (Date.parse(identitiesOf(secret)[1]!.decryptUntil!) - Date.now()) / DAY_MS;
    expect(exitCode).toBe(0);
    expect(days).toBeGreaterThan(17);
  });

  test.each([
    ['no secret', () => ['--key', 'k'], 'Name both secrets'],
    ['one secret', () => ['--key', 'k', '--signing-secret', 'a'], 'Name both secrets'],
    [
      'one secret for both',
      () => ['--key', 'k', '--signing-secret', 'a', '--decryption-secret', 'a'],
      'name two secrets',
    ],
    ['a time that is past', () => ['--until', '2020-01-01T00:00:00Z'], '--until'],
    ['a time of day nowhere', () => ['--until', '2099-01-01T00:00:00+02:00'], '--until'],
    ['no key', () => [], '--key'],
    ['more certificates than keys', () => [...files, '--cert', files[3]!], 'more certificates'],
    ['settings that are none', () => [...files, '--settings', files[1]!], 'fresh.key'],
  ])('says in one line what is wrong: %s', async (title, args, says) => {
    const ran = title.includes('secret')
      ? await runCli({ it: identityCommand }, 'it', 'install', '--address', ADDRESS, ...args())
      : await install(secretWith(former), ...args());
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });
});

const SETTINGS = {
  stage: 'test',
  holderName: 'Holder',
  senders: [{ address: ADDRESS, name: 'Holder', organizationOid: '2.999.1', contact: 'x' }],
  anchors: ['-----BEGIN CERTIFICATE-----'],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes' }],
  // Seven days of attempts instead of one: 17 days and an hour altogether.
  deadlines: { retryForSeconds: 7 * 86_400 },
};

describeWith(['openssl'], 'identity install of PKCS #12', () => {
  test('takes key and certificate from the file, and puts them in PEM', async () => {
    const secret = secretWith(former);
    const key = write('fresh.p12', pkcs12Of(fresh));
    const password = write('password', PASSWORD);
    const ran = await install(secret, '--key', key, '--password-file', password);
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(identitiesOf(secret)[0]).toMatchObject({ privateKey: fresh.privateKeyPem });
  });
});
