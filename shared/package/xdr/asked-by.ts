import { readAddressed } from './envelope.ts';
import { ACTION } from './names.ts';
import { readSoapMessage } from './soap-message.ts';
import type { XdrRequest } from './xdr.ts';

/**
 * By what an ITI-41 request is known that is none otherwise: then the answer can be one to it. Undefined of what is no such
 * request at all, to which only a fault is an answer.
 */
export function askedBy(entity: Uint8Array): Pick<XdrRequest, 'messageId' | 'isMtom'> | undefined {
  const message = readSoapMessage(entity);
  if (!message.ok) return undefined;
  const { envelope, isMtom, action = ACTION } = message.value;
  const addressed = readAddressed(envelope);
  if (!addressed.ok || action !== ACTION || addressed.value.action !== ACTION) return undefined;
  return { messageId: addressed.value.messageId, isMtom };
}
