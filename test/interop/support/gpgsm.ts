import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issued } from '../../support/pki.ts';
import type { Peer } from './peer.ts';
import type { Signed } from './split-message.ts';
import { PASSWORD, Workbench } from './workbench.ts';

const BATCH = ['--batch', '--pinentry-mode', 'loopback', '--passphrase-fd', '0'];

/** GnuPG's S/MIME with one reader's key and one trusted authority; asks nobody about revocation. */
export class Gpgsm implements Peer {
  readonly #bench = new Workbench();

  equip(reader: Issued, anchor: Issued): void {
    const configuration = 'disable-dirmngr\ndisable-crl-checks\n';
    const fingerprint = new X509Certificate(anchor.certificate).fingerprint;
    writeFileSync(join(this.#bench.folder, 'gpgsm.conf'), configuration);
    // Else the agent measures for a second how long it can make guessing the password take.
    writeFileSync(join(this.#bench.folder, 'gpg-agent.conf'), 's2k-count 1024\n');
    writeFileSync(join(this.#bench.folder, 'trustlist.txt'), `${fingerprint} S relax\n`);
    const imports = ['--batch', '--import', this.#bench.file(anchor.certificatePem)];
    this.#bench.run('gpgsm', imports);
    this.#importKey(reader);
  }

  /** GnuPG 2.2 misreads about one PKCS #12 file in 150, by the bytes of its salt; the same key under another is read. */
  #importKey(reader: Issued): void {
    const refusals: string[] = [];
    while (refusals.length < 4) {
      const args = [...BATCH, '--import', this.#bench.pkcs12(reader)];
      const { isGood, stderr } = this.#bench.tried('gpgsm', args, PASSWORD);
      if (isGood) return;
      refusals.push(stderr);
    }
    throw new Error(`gpgsm refused four PKCS #12 files of one key: ${refusals.join('\n')}`);
  }

  /** Judged by what it says: its exit code is 2 when the key of another recipient stands before the reader's. */
  decrypt(envelope: Uint8Array): Buffer {
    const args = [...BATCH, '--status-fd', '2', '--decrypt', this.#bench.file(envelope)];
    const { stdout, stderr } = this.#bench.tried('gpgsm', args, PASSWORD);
    if (!stderr.includes('[GNUPG:] DECRYPTION_OKAY')) throw new Error(stderr);
    return stdout;
  }

  /** Whether the signature is good and its signer is trusted. */
  verifies({ content, signature }: Signed): boolean {
    const files = [this.#bench.file(signature), this.#bench.file(content)];
    const args = ['--batch', '--status-fd', '1', '--verify', ...files];
    const { isGood, stdout } = this.#bench.tried('gpgsm', args);
    return isGood && stdout.includes('[GNUPG:] TRUST_FULLY');
  }

  /** Ends the agent that GnuPG started, and removes the home. */
  remove(): void {
    this.#bench.tried('gpgconf', ['--kill', 'all']);
    this.#bench.remove();
  }
}
