import { afterAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysCommand } from '../../infra/cli/commands/keys.ts';
import { describeWith } from '../support/needs.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keys = (...args: string[]) => runCli({ keys: keysCommand }, 'keys', ...args);

const textOf = (request: string): string =>
  execFileSync('openssl', ['req', '-in', request, '-verify', '-noout', '-text'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

describeWith(['openssl'], 'keys new, as openssl reads it', () => {
  test.each([
    ['address', 'Records@holder.example', 'email:Records@holder.example'],
    ['domain', 'holder.example', 'DNS:holder.example'],
  ])('asks for one %s, for e-mail protection, and proves the key', async (kind, name, san) => {
    const out = join(folder, kind);
    expect(await keys('new', `--${kind}`, name, '--out', out)).toMatchObject({ exitCode: 0 });
    const text = textOf(join(out, 'request.csr.pem'));

    expect(text).toMatch(new RegExp(`Subject Alternative Name: *\\n *${san}\\n`));
    expect(text).toMatch(/Key Usage: critical *\n *Digital Signature, Key Encipherment\n/);
    expect(text).toMatch(/Extended Key Usage: *\n *E-mail Protection\n/);
    expect(text).toContain(`Subject: CN = ${name}\n`);
    expect(text).toContain('Public-Key: (2048 bit)');
  });

  test('leaves out a common name that is too long for one', async () => {
    const name = `${'a'.repeat(60)}@holder.example`;
    await keys('new', '--address', name, '--out', join(folder, 'long'));
    const text = textOf(join(folder, 'long', 'request.csr.pem'));
    expect(text).toMatch(/Subject: *\n/);
    expect(text).toContain(`email:${name}`);
  });
});

describe('keys new', () => {
  test('keeps the key for the owner alone, and never writes over one', async () => {
    const out = join(folder, 'kept');
    const asked = ['new', '--domain', 'holder.example', '--out', out, '--bits', '3072'];
    expect(await keys(...asked)).toMatchObject({ exitCode: 0 });
    const path = join(out, 'private-key.pem');
    const pem = readFileSync(path, 'utf8');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(createPrivateKey(pem).asymmetricKeyDetails?.modulusLength).toBe(3072);

    const again = await keys(...asked);
    expect(again).toMatchObject({
      exitCode: 1,
      err: [`${path} exists already and is left as it is.`],
    });
    expect(readFileSync(path, 'utf8')).toBe(pem);
  });

  test.each([
    ['a short key', ['new', '--domain', 'a.example', '--out', 'x', '--bits', '1024'], '--bits'],
    ['no bits', ['new', '--domain', 'a.example', '--out', 'x', '--bits', 'many'], '--bits'],
    ['two names', ['new', '--domain', 'a.example', '--address', 'a@a.example'], 'either'],
    ['no name', ['new', '--out', 'x'], 'either'],
    ['no domain', ['new', '--domain', 'localhost', '--out', 'x'], '--domain takes a domain'],
    ['no address', ['new', '--address', 'a', '--out', 'x'], '--address: discover/bad-address'],
    ['no folder', ['new', '--domain', 'a.example'], '--out'],
    ['no verb', ['--domain', 'a.example', '--out', 'x'], 'keys new'],
  ])('refuses %s', async (_, args, says) => {
    const ran = await keys(...args);
    expect(ran).toMatchObject({ exitCode: 1, err: [expect.stringContaining(says)] });
  });
});
