import { SOAP } from '../../package/xdr/names.ts';
import { xdrEntity } from '../../package/xdr/entity.ts';
import { readSoapMessage } from '../../package/xdr/soap-message.ts';
import { onlyChild } from '../../package/xdr/soap-tree.ts';

/**
 * Whose fault it is by a SOAP fault: `Receiver` may pass by itself, any other not.
 *
 * @returns undefined for what is none
 * @see SOAP 1.2 part 1, section 5.4.6
 */
export function faultIn(contentType: string, body: Uint8Array): 'Sender' | 'Receiver' | undefined {
  if (!/^[\x20-\x7e]{1,2000}$/.test(contentType)) return undefined;
  const message = readSoapMessage(xdrEntity(contentType, body));
  if (!message.ok) return undefined;
  const { content } = message.value.envelope;
  if (content.namespace !== SOAP || content.name !== 'Fault') return undefined;
  const value = onlyChild(onlyChild(content, SOAP, 'Code'), SOAP, 'Value');
  return value?.text.trim().endsWith(':Receiver') === true ? 'Receiver' : 'Sender';
}
