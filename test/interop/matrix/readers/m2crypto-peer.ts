import type { Issued } from '../../../support/pki.ts';
import { SYSTEM_PYTHON } from '../../../support/present.ts';
import type { Peer } from '../../support/peer.ts';
import type { Signed } from '../../support/split-message.ts';
import { Workbench } from '../../support/workbench.ts';

const DECRYPT = `
import sys
from M2Crypto import BIO, SMIME
key, certificate, envelope, out = sys.argv[1:]
reader = SMIME.SMIME()
reader.load_key(key, certificate)
opened = reader.decrypt(SMIME.load_pkcs7_bio_der(BIO.openfile(envelope, 'rb')))
open(out, 'wb').write(opened)
`;

const VERIFY = `
import sys
from M2Crypto import BIO, SMIME, X509
anchor, content, signature = sys.argv[1:]
reader = SMIME.SMIME()
store = X509.X509_Store()
store.load_info(anchor)
reader.set_x509_store(store)
reader.set_x509_stack(X509.X509_Stack())
signed = SMIME.load_pkcs7_bio_der(BIO.openfile(signature, 'rb'))
reader.verify(signed, BIO.openfile(content, 'rb'), flags=SMIME.PKCS7_BINARY)
`;

/** Python's M2Crypto, over the older of the two interfaces of OpenSSL, that knows PKCS #7 and no CMS. */
export class M2CryptoPeer implements Peer {
  readonly #bench = new Workbench();
  #key: readonly string[] = [];
  #anchor = '';

  equip({ certificatePem, privateKeyPem }: Issued, anchor: Issued): void {
    this.#key = [this.#bench.file(privateKeyPem), this.#bench.file(certificatePem)];
    this.#anchor = this.#bench.file(anchor.certificatePem);
  }

  decrypt(envelope: Uint8Array): Buffer {
    const out = this.#bench.file('');
    const files = [...this.#key, this.#bench.file(envelope), out];
    this.#bench.run(SYSTEM_PYTHON, ['-c', DECRYPT, ...files]);
    return this.#bench.read(out);
  }

  verifies({ content, signature }: Signed): boolean {
    const files = [this.#anchor, this.#bench.file(content), this.#bench.file(signature)];
    return this.#bench.tried(SYSTEM_PYTHON, ['-c', VERIFY, ...files]).isGood;
  }

  remove(): void {
    this.#bench.remove();
  }
}
