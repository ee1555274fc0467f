import type { Peer } from '../../support/peer.ts';
import { envelopeIn, signedIn } from '../../support/split-message.ts';
import { NOT_DECRYPTED, READS, type EquippedReader } from '../reader.ts';
import type { Readership, SentMessage } from '../sent-message.ts';
import { differenceOf } from './content.ts';

/** A tool that decrypts and verifies: what it has decrypted is what it is given to verify. */
export const peerReader =
  (makePeer: () => Peer) =>
  ({ reader, anchor }: Readership): EquippedReader => {
    const peer = makePeer();
    peer.equip(reader, anchor);
    return { read: async (sent) => readBy(peer, sent), remove: () => peer.remove() };
  };

function readBy(peer: Peer, sent: SentMessage): string {
  let entity: Buffer;
  try {
    entity = peer.decrypt(envelopeIn(sent.envelope.bytes));
  } catch {
    return NOT_DECRYPTED;
  }
  const signed = signedIn(entity);
  if (!peer.verifies(signed)) return 'does not verify';
  return differenceOf(signed.content, sent) ?? READS;
}
