import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from './pki.ts';

export const PASSWORD = 'correct horse 7';

/** A PKCS #12 file as openssl writes it with these options, under `PASSWORD`. */
export function pkcs12Of(
  { certificatePem, privateKeyPem }: Pick<Issued, 'certificatePem' | 'privateKeyPem'>,
  ...options: readonly string[]
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'pkcs12-'));
  const at = (name: string): string => join(folder, name);
  try {
    writeFileSync(at('pem'), certificatePem + privateKeyPem, { mode: 0o600 });
    const args = ['-export', '-in', at('pem'), '-passout', `pass:${PASSWORD}`, '-out', at('p12')];
    execFileSync('openssl', ['pkcs12', ...args, ...options], { stdio: 'ignore' });
    return readFileSync(at('p12'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
