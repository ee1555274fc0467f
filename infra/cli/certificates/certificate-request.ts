import { sign, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';

/** One subject alternative name: a Java peer reads only one. */
export type Bound = { readonly address: string } | { readonly domain: string };

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const COMMON_NAME = '2.5.4.3';
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
/** Longer names do not fit into a common name (X.520, ub-common-name). */
const COMMON_NAME_LIMIT = 64;

/**
 * A certificate request in PEM (PKCS #10), signed with SHA-256: one subject alternative name, digitalSignature and
 * keyEncipherment, emailProtection.
 */
export function signingRequest(bound: Bound, { publicKey, privateKey }: KeyPair): string {
  const info = sequence([
    new asn1js.Integer({ value: 0 }),
    subject(bound),
    asn1js.fromBER(publicKey.export({ type: 'spki', format: 'der' })).result,
    attributes(bound),
  ]);
  const signature = sign('sha256', Buffer.from(info.toBER()), privateKey);
  const request = sequence([
    info,
    sequence([oid(SHA256_WITH_RSA), new asn1js.Null()]),
    new asn1js.BitString({ valueHex: signature }),
  ]);
  const lines = Buffer.from(request.toBER())
    .toString('base64')
    .match(/.{1,64}/g);
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...(lines ?? []), '-----END CERTIFICATE REQUEST-----', ''].join('\n'); // prettier-ignore
}

function subject(bound: Bound): asn1js.Sequence {
  const name = 'address' in bound ? bound.address : bound.domain;
  if (name.length > COMMON_NAME_LIMIT) return sequence([]);
  const value = sequence([oid(COMMON_NAME), new asn1js.Utf8String({ value: name })]);
  return sequence([new asn1js.Set({ value: [value] })]);
}

/** The [0] field, with the one attribute that asks for extensions. */
function attributes(bound: Bound): asn1js.Constructed {
  const extensions = sequence([
    extension('2.5.29.15', keyUsage(), true),
    extension('2.5.29.37', sequence([oid(EMAIL_PROTECTION)])),
    extension('2.5.29.17', sequence([alternativeName(bound)])),
  ]);
  return new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 0 },
    value: [sequence([oid(EXTENSION_REQUEST), new asn1js.Set({ value: [extensions] })])],
  });
}

/** Bits 0 and 2: digitalSignature and keyEncipherment. */
const keyUsage = (): asn1js.BitString =>
  new asn1js.BitString({ valueHex: Uint8Array.of(0b1010_0000), unusedBits: 5 });

/** rfc822Name is [1], dNSName [2]. */
const alternativeName = (bound: Bound): asn1js.Primitive =>
  new asn1js.Primitive({
    idBlock: { tagClass: 3, tagNumber: 'address' in bound ? 1 : 2 },
    valueHex: Buffer.from('address' in bound ? bound.address : bound.domain, 'ascii'),
  });

const extension = (id: string, value: asn1js.BaseBlock, critical = false): asn1js.Sequence =>
  sequence([
    oid(id),
    ...(critical ? [new asn1js.Boolean({ value: true })] : []),
    new asn1js.OctetString({ valueHex: value.toBER() }),
  ]);

const sequence = (value: asn1js.BaseBlock[]): asn1js.Sequence => new asn1js.Sequence({ value });

const oid = (value: string): asn1js.ObjectIdentifier => new asn1js.ObjectIdentifier({ value });
