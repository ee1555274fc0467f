import { createHash, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';

export const read = (der: ArrayBuffer | Uint8Array): asn1js.BaseBlock => asn1js.fromBER(der).result;

/** UTCTime through 2049, GeneralizedTime after. */
export const encodeTime = (at: Date): asn1js.BaseBlock =>
  at.getUTCFullYear() < 2050 ? new asn1js.UTCTime({ valueDate: at }) : encodeLongTime(at);

export const encodeLongTime = (at: Date): asn1js.BaseBlock =>
  new asn1js.GeneralizedTime({ valueDate: at });

/** The usual way of RFC 5280: SHA-1 of the key's bits; here it names a key and protects nothing. */
export function keyIdOf(key: KeyObject): Uint8Array {
  const spki = read(key.export({ type: 'spki', format: 'der' })) as asn1js.Sequence;
  const bits = spki.valueBlock.value[1] as asn1js.BitString;
  return createHash('sha1').update(bits.valueBlock.valueHexView).digest();
}
