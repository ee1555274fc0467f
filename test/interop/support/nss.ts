import type { Issued } from '../../support/pki.ts';
import type { Peer } from './peer.ts';
import type { Signed } from './split-message.ts';
import { PASSWORD, Workbench } from './workbench.ts';

/** The usage of a certificate that signs mail. */
const EMAIL_SIGNER = '4';

/** Mozilla's NSS with one reader's key and one trusted authority, in a database without a password. */
export class Nss implements Peer {
  readonly #bench = new Workbench();
  readonly #database = ['-d', `sql:${this.#bench.folder}`];

  equip(reader: Issued, anchor: Issued): void {
    this.#bench.run('certutil', ['-N', ...this.#database, '--empty-password']);
    const authority = [
      '-n',
      'anchor',
      '-t',
      'CT,C,C',
      '-i',
      this.#bench.file(anchor.certificatePem),
    ];
    this.#bench.run('certutil', ['-A', ...this.#database, ...authority]);
    const key = ['-i', this.#bench.pkcs12(reader), '-W', PASSWORD];
    this.#bench.run('pk12util', [...key, ...this.#database]);
  }

  decrypt(envelope: Uint8Array): Buffer {
    const out = this.#bench.file('');
    const files = ['-i', this.#bench.file(envelope), '-o', out];
    this.#bench.run('cmsutil', ['-D', ...this.#database, ...files]);
    return this.#bench.read(out);
  }

  /** Whether the signature is good and its signer is trusted; asked to tell more about it, cmsutil exits with 0 in any case. */
  verifies({ content, signature }: Signed): boolean {
    const files = ['-c', this.#bench.file(content), '-i', this.#bench.file(signature)];
    const options = ['-u', EMAIL_SIGNER, '-n'];
    return this.#bench.tried('cmsutil', ['-D', ...this.#database, ...files, ...options]).isGood;
  }

  remove(): void {
    this.#bench.remove();
  }
}
