import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import {
  bundleWorld,
  certificateOf,
  codeOf,
  namesIn,
  read,
  type BundleWorld,
} from './support/world.ts';

describeWith(['openssl'], 'bundles made with openssl', () => {
  let world: BundleWorld;
  let folder: string;
  beforeAll(async () => {
    world = await bundleWorld();
    folder = mkdtempSync(join(tmpdir(), 'bundles-'));
    writeFileSync(at('anchors.pem'), world.one.certificatePem + world.two.certificatePem);
    writeFileSync(at('signer.pem'), world.publisher.certificatePem);
    writeFileSync(at('signer.key'), world.publisher.privateKeyPem);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string): string => join(folder, name);
  const run = (...options: readonly string[]): Buffer => {
    execFileSync('openssl', [...options, '-out', at('out')], { stdio: 'pipe' });
    return readFileSync(at('out'));
  };
  const listed = (form: 'DER' | 'PEM'): Buffer =>
    run('crl2pkcs7', '-nocrl', '-certfile', at('anchors.pem'), '-outform', form);
  const signed = (content: Buffer, ...options: readonly string[]): Buffer => {
    writeFileSync(at('content'), content);
    const who = ['-signer', at('signer.pem'), '-inkey', at('signer.key')];
    return run('cms', '-sign', '-nodetach', '-binary', '-in', at('content'), ...who, ...options);
  };

  test.each(['DER', 'PEM'] as const)('are read when they are a list in %s', (form) => {
    expect(namesIn(read(listed(form)))).toEqual(['One', 'Two']);
  });

  test.each([
    ['DER around DER', 'DER', ['-outform', 'DER']],
    ['DER around PEM', 'PEM', ['-outform', 'DER']],
    ['PEM around PEM', 'PEM', ['-outform', 'PEM']],
    ['BER in pieces', 'DER', ['-outform', 'DER', '-stream']],
    ['SHA-512', 'DER', ['-outform', 'DER', '-md', 'sha512']],
    ['RSASSA-PSS', 'DER', ['-outform', 'DER', '-keyopt', 'rsa_padding_mode:pss']],
    ['a key identifier', 'DER', ['-outform', 'DER', '-keyid']],
    ['no certificate of the signer', 'DER', ['-outform', 'DER', '-nocerts']],
    ['no signed attributes', 'DER', ['-outform', 'DER', '-noattr']],
    ['other certificates beside', 'DER', ['-outform', 'DER', '-certfile', 'anchors.pem']],
  ] as const)('are read when they are signed: %s', (_, form, options) => {
    const bytes = signed(
      listed(form),
      ...options.map((each) => (each.endsWith('.pem') ? at(each) : each)),
    );
    const signer = certificateOf(world.publisher);
    expect(namesIn(read(bytes, { signer }))).toEqual(['One', 'Two']);
    const other = certificateOf(world.stranger);
    expect(codeOf(read(bytes, { signer: other }))).toMatch(/bundle-(wrong-signer|bad-signature)$/);
  });

  test.each(['md5', 'sha1'])('are refused as weak with %s', (digest) => {
    expect(codeOf(read(signed(listed('DER'), '-outform', 'DER', '-md', digest)))).toBe(
      'trust/bundle-weak',
    );
  });

  test('are refused when the content that was signed travels apart', () => {
    writeFileSync(at('content'), listed('DER'));
    const who = ['-signer', at('signer.pem'), '-inkey', at('signer.key')];
    const options = ['-binary', '-in', at('content'), '-outform', 'DER', ...who];
    expect(codeOf(read(run('cms', '-sign', ...options)))).toBe('trust/bundle-bad-signature');
  });
});
