import { encryptEntity } from '../../secure/support/entities.ts';
import { envelopeIn, signedIn } from '../support/split-message.ts';
import { OpensslPeer } from './readers/openssl-peer.ts';
import type { Readership, SentMessage } from './sent-message.ts';

/** The same message in which, behind the signature's back, one letter of the header is another. */
export function spoiled(sent: SentMessage, { reader, anchor }: Readership): SentMessage {
  const openssl = new OpensslPeer();
  openssl.equip(reader, anchor);
  const entity = openssl.decrypt(envelopeIn(sent.envelope.bytes));
  openssl.remove();
  const { content } = signedIn(entity);
  const at = entity.indexOf(content) + content.indexOf('Health record');
  entity.write('Wealth', at, 'latin1');
  const bytes = encryptEntity(entity, [reader.certificate]);
  return { ...sent, envelope: { ...sent.envelope, bytes } };
}
