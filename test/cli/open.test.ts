import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCommand } from '../../infra/cli/commands/open.ts';
import type { DirectAddress, MessageId } from '../../shared/ids.ts';
import { secureMessage } from '../../shared/secure/secure.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';
import { describeWith } from '../support/needs.ts';
import { PASSWORD, pkcs12Of } from '../support/pkcs12-maker.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'open-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

let recipient: Issued;
let files: { cert: string; key: string; otherKey: string; message: string };

beforeAll(async () => {
  const authority = await cachedAuthority();
  const sender = await issueQuickly(authority, { address: 'records@holder.example' });
  const keys = await cachedKeys('recipient');
  recipient = await issueQuickly(authority, { domain: 'clinic.example', keys });
  const zip = zipSync({
    'INDEX.HTM': Buffer.from('index'),
    IHE_XDM: { 'A.XML': Buffer.from('a') },
  });
  const { bytes } = await secureMessage(
    {
      from: 'records@holder.example' as DirectAddress,
      to: 'berg@clinic.example' as DirectAddress,
      messageId: 'abc@holder.example' as MessageId,
      date: new Date('2026-01-02T03:04:05Z'),
      holderName: 'Holder',
      text: 'Here it is.',
      zip,
    },
    sender,
    [recipient.certificate],
  );
  files = {
    cert: file('cert.pem', recipient.certificatePem),
    key: file('key.pem', recipient.privateKeyPem),
    otherKey: file('other.pem', sender.privateKeyPem),
    message: file('message.eml', bytes),
  };
});

const open = (...args: string[]) => runCli({ open: openCommand }, 'open', ...args);
const keyed = () => ['--key', files.key, '--cert', files.cert];

describe('open', () => {
  test('shows the inner header, the signer, the parts and what lies in the zip', async () => {
    const { exitCode, out } = await open(files.message, ...keyed());
    expect(exitCode).toBe(0);
    expect(out).toEqual(
      expect.arrayContaining([
        'Message-ID: <abc@holder.example>',
        'To: <berg@clinic.example>',
        'signed by: CN=records@holder.example',
        'multipart/mixed',
        '  text/plain, 13 bytes',
        expect.stringMatching(/^ {2}application\/zip "health-record\.zip", \d+ bytes$/),
        '    INDEX.HTM, 5 bytes',
        '    IHE_XDM/A.XML, 1 bytes',
      ]),
    );
    expect(out.at(-1)).toBe('Decrypted; the signature is good.');
  });

  test('gives the same to programs', async () => {
    const { out } = await open(files.message, ...keyed(), '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      headers: { 'message-id': '<abc@holder.example>' },
      wrapped: true,
      signers: [{ subjectAltName: 'email:records@holder.example' }],
      message: {
        parts: [
          { type: 'text/plain' },
          { entries: [{ name: 'INDEX.HTM' }, { name: 'IHE_XDM/' }, { sizeBytes: 1 }] },
        ],
      },
    });
  });

  test('secure/not-encrypted: a plain message', async () => {
    const plain = file('plain.eml', 'From: a\r\n\r\nhello');
    const { exitCode, out } = await open(plain, ...keyed(), '--json');
    expect([exitCode, JSON.parse(out[0] ?? '')]).toEqual([1, { code: 'secure/not-encrypted' }]);
  });

  test.each([
    ['a file that is not there', () => ['nowhere.eml', ...keyed()], 'Cannot read nowhere.eml'],
    ['no key', () => [files.message, '--cert', files.cert], '--key'],
    [
      'a key of another certificate',
      () => [files.message, '--key', files.otherKey, '--cert', files.cert],
      'is not the key of',
    ],
    [
      'a key that is none',
      () => [files.message, '--key', files.cert, '--cert', files.cert],
      'no private key',
    ],
    [
      'a certificate that is none',
      () => [files.message, '--key', files.key, '--cert', files.key],
      'no certificate',
    ],
  ])('says it in one line: %s', async (_, args, says) => {
    const { exitCode, out, err } = await open(...args());
    expect([exitCode, out]).toEqual([1, []]);
    expect(err).toEqual([expect.stringContaining(says)]);
  });
});

const p12 = (name = 'key.p12'): string => file(name, pkcs12Of(recipient));
const password = (text = `${PASSWORD}\n`): string => file('password', text);

describeWith(['openssl'], 'a key in PKCS #12', () => {
  test('opens with its certificate, under a password from a file', async () => {
    const args = ['--key', p12(), '--password-file', password()];
    expect(await open(files.message, ...args)).toMatchObject({ exitCode: 0, err: [] });
  });

  test.each([
    ['no password', () => ['--key', p12('KEY.PFX')], '--password-file FILE'],
    [
      'a wrong password',
      () => ['--key', p12(), '--password-file', password('wrong')],
      'key.p12: the password is not that of the file.',
    ],
    ['a certificate beside it', () => ['--key', p12(), '--cert', files.cert], 'leave out --cert'],
  ])('says it in one line: %s', async (_, args, says) => {
    const ran = await open(files.message, ...args());
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });
});
