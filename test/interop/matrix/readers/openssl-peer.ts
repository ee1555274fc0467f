import type { Issued } from '../../../support/pki.ts';
import type { Peer } from '../../support/peer.ts';
import type { Signed } from '../../support/split-message.ts';
import { Workbench } from '../../support/workbench.ts';

/** `openssl cms` with one reader's key and one trusted authority. */
export class OpensslPeer implements Peer {
  readonly #bench = new Workbench();
  #key: readonly string[] = [];
  #anchor = '';

  equip({ certificatePem, privateKeyPem }: Issued, anchor: Issued): void {
    const [certificate, key] = [this.#bench.file(certificatePem), this.#bench.file(privateKeyPem)];
    this.#key = ['-recip', certificate, '-inkey', key];
    this.#anchor = this.#bench.file(anchor.certificatePem);
  }

  decrypt(envelope: Uint8Array): Buffer {
    const from = ['-inform', 'DER', '-in', this.#bench.file(envelope)];
    return this.#bench.run('openssl', ['cms', '-decrypt', '-binary', ...from, ...this.#key]);
  }

  verifies({ content, signature }: Signed): boolean {
    const from = ['-inform', 'DER', '-in', this.#bench.file(signature)];
    const what = ['-content', this.#bench.file(content), '-out', this.#bench.file('')];
    const trust = ['-CAfile', this.#anchor, '-purpose', 'any'];
    const args = ['cms', '-verify', '-binary', ...from, ...what, ...trust];
    return this.#bench.tried('openssl', args).isGood;
  }

  remove(): void {
    this.#bench.remove();
  }
}
