import { Workbench } from '../../support/workbench.ts';
import { envelopeIn, signedIn } from '../../support/split-message.ts';
import { NOT_DECRYPTED, VERIFIES, type EquippedReader } from '../reader.ts';
import type { Readership, SentMessage } from '../sent-message.ts';
import { differenceOf } from './content.ts';
import { OpensslPeer } from './openssl-peer.ts';

/** GnuTLS knows no EnvelopedData: openssl decrypts for it, and it says what it thinks of the signature. */
export function certtoolReader({ reader, anchor }: Readership): EquippedReader {
  const bench = new Workbench();
  const decrypting = new OpensslPeer();
  decrypting.equip(reader, anchor);
  const authorities = ['--load-ca-certificate', bench.file(anchor.certificatePem)];

  function read(sent: SentMessage): string {
    let entity: Buffer;
    try {
      entity = decrypting.decrypt(envelopeIn(sent.envelope.bytes));
    } catch {
      return NOT_DECRYPTED;
    }
    const { content, signature } = signedIn(entity);
    const data = ['--load-data', bench.file(content), '--inder', '--infile', bench.file(signature)];
    const { isGood } = bench.tried('certtool', ['--p7-verify', ...authorities, ...data]);
    return isGood ? (differenceOf(content, sent) ?? VERIFIES) : 'does not verify';
  }

  return {
    read: async (sent) => read(sent),
    remove: () => {
      bench.remove();
      decrypting.remove();
    },
  };
}
