import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from '../../support/pki.ts';

/** A folder of its own in which openssl works; remove it when done. */
export class Openssl {
  readonly #folder = mkdtempSync(join(tmpdir(), 'secure-'));
  #files = 0;

  file(bytes: Uint8Array | string): string {
    const path = join(this.#folder, String((this.#files += 1)));
    writeFileSync(path, bytes);
    return path;
  }

  /** What `openssl cms` writes with these arguments; an input is added as a file. */
  cms(input: Uint8Array, ...options: readonly string[]): Buffer {
    const out = this.file('');
    const files = ['-in', this.file(input), '-out', out];
    const [action = '', ...rest] = options;
    const run = spawnSync('openssl', ['cms', action, ...files, ...rest], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`openssl cms ${options.join(' ')}: ${run.stderr}`);
    return readFileSync(out);
  }

  decrypt(message: Uint8Array, { certificatePem, privateKeyPem }: Issued): Buffer {
    const [recipient, key] = [this.file(certificatePem), this.file(privateKeyPem)];
    return this.cms(message, '-decrypt', '-binary', '-recip', recipient, '-inkey', key);
  }

  verify(signed: Uint8Array, { certificatePem }: Issued): Buffer {
    return this.cms(signed, '-verify', '-CAfile', this.file(certificatePem));
  }

  /** Signs an entity as multipart/signed, unless the options say otherwise. */
  sign(entity: Uint8Array, signer: Issued, ...options: readonly string[]): Buffer {
    const [certificate, key] = [this.file(signer.certificatePem), this.file(signer.privateKeyPem)];
    const who = ['-signer', certificate, '-inkey', key];
    return this.cms(entity, '-sign', '-crlfeol', ...who, ...options);
  }

  /** DER, or with `-stream` BER, of EnvelopedData or AuthEnvelopedData. */
  envelope(entity: Uint8Array, recipient: Issued, ...options: readonly string[]): Buffer {
    const certificate = ['-recip', this.file(recipient.certificatePem)];
    return this.cms(entity, '-encrypt', '-binary', '-outform', 'DER', ...certificate, ...options);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A message around a CMS object, in base64 lines of a length that we would not choose. */
export const mailOf = (cms: Uint8Array, type = 'application/pkcs7-mime'): Buffer =>
  Buffer.from(
    [
      'From: <someone@elsewhere.example>',
      'MIME-Version: 1.0',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      '',
      ...(Buffer.from(cms)
        .toString('base64')
        .match(/.{1,64}/g) ?? []),
      '',
    ].join('\r\n'),
  );
