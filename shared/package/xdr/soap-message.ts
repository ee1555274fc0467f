import { done, fail, type Outcome } from '../../outcome.ts';
import { isUtf8 } from './content-type.ts';
import { contentTypeOf, readEntity } from './entity.ts';
import { readEnvelope, type Envelope } from './envelope.ts';
import { SOAP_TYPE, XOP_TYPE } from './names.ts';
import { readRelated } from './related.ts';

/** A SOAP message as it was posted, with the parts that came beside it. */
export interface SoapMessage {
  readonly envelope: Envelope;
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly isMtom: boolean;
  /** As the Content-Type has it, which may be silent. */
  readonly action: string | undefined;
}

const NO_PARTS: ReadonlyMap<string, Uint8Array> = new Map();

/**
 * Reads a SOAP 1.2 message, as one document of XML or as MTOM.
 *
 * @failure edge/unsupported-media, package/bad-multipart, package/over-limits, package/bad-soap, package/not-understood
 * @see SOAP 1.2 part 2, section 7; MTOM 1.0 section 3
 */
export function readSoapMessage(entity: Uint8Array): Outcome<SoapMessage> {
  const read = readEntity(entity);
  const type = read && contentTypeOf(read);
  if (!type) return fail('edge/unsupported-media');
  const isMtom = type.value === 'multipart/related';
  const isPlain = type.value === SOAP_TYPE && isUtf8(type);
  if (!isPlain && !(isMtom && type.parameters.get('type')?.toLowerCase() === XOP_TYPE))
    return fail('edge/unsupported-media');
  const related = isMtom
    ? readRelated(type, read.body)
    : done({ soap: read.body, parts: NO_PARTS });
  if (!related.ok) return related;
  const envelope = readEnvelope(related.value.soap);
  if (!envelope.ok) return envelope;
  const action = type.parameters.get('action');
  return done({ envelope: envelope.value, parts: related.value.parts, isMtom, action });
}
