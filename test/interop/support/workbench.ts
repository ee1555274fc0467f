import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from '../../support/pki.ts';

export const PASSWORD = 'for the test only';

export interface Run {
  readonly isGood: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A home of its own in which a tool works, that knows nothing of the one who runs the tests; remove it when done. */
export class Workbench {
  /** Short: the sockets of GnuPG lie in it, and their paths may have a hundred characters. */
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-'));
  #files = 0;

  file(bytes: Uint8Array | string): string {
    const path = join(this.folder, `file-${(this.#files += 1)}`);
    writeFileSync(path, bytes, { mode: 0o600 });
    return path;
  }

  /** Whatever comes of it. */
  tried(command: string, args: readonly string[], input = ''): Run {
    const env = { ...process.env, HOME: this.folder, GNUPGHOME: this.folder, LC_ALL: 'C' };
    const options = { input, env, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
    const { status, stdout, stderr, error } = spawnSync(command, args, options);
    if (error) throw error;
    return { isGood: status === 0, stdout, stderr: stderr.toString() };
  }

  /** What it prints; it must succeed. */
  run(command: string, args: readonly string[], input = ''): Buffer {
    const { isGood, stdout, stderr } = this.tried(command, args, input);
    if (!isGood) throw new Error(`${command} ${args[0] ?? ''}: ${stderr}`);
    return stdout;
  }

  /** PKCS #12 as old as its readers. */
  pkcs12({ certificatePem, privateKeyPem }: Issued): string {
    const out = this.file('');
    const [certificate, key] = [this.file(certificatePem), this.file(privateKeyPem)];
    const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
    const files = ['-in', certificate, '-inkey', key, '-out', out];
    this.run('openssl', ['pkcs12', '-export', ...files, ...old, '-passout', `pass:${PASSWORD}`]);
    return out;
  }

  read(path: string): Buffer {
    return readFileSync(path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
