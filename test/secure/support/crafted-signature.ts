import { createHash, sign } from 'node:crypto';
import { OID } from '../../../shared/trust/cms/algorithms.ts';
import { named } from '../../../shared/secure/cms/named.ts';
import { der, derOid, derSetOf, retagged, TAG } from '../../../shared/trust/cms/der.ts';
import type { Identity } from '../../../shared/secure/keys.ts';

/** What is to be wrong with a signature that is good in all else. */
export interface Crafted {
  readonly attributes?: (right: {
    readonly hash: Uint8Array;
    readonly digest: Uint8Array;
  }) => readonly Uint8Array[];
  readonly type?: string;
  readonly hash?: 'sha1' | 'sha256';
  /** DER, beside that of the signer. */
  readonly certificates?: readonly Uint8Array[];
  /** The certificate of the signer is not there. */
  readonly leavesSignerOut?: boolean;
  /** [0] of the encapsulated content; a detached signature has none. */
  readonly content?: Uint8Array;
}

const DIGESTS = { sha1: '1.3.14.3.2.26', sha256: OID.sha256 } as const;

export const attribute = (type: string, ...values: readonly Uint8Array[]): Uint8Array =>
  der(TAG.sequence, derOid(type), der(TAG.set, ...values));

/** SignedData whose signature is right over attributes that may not be. */
export function craftedSignature(
  signedContent: Uint8Array,
  signer: Identity,
  crafted: Crafted = {},
): Uint8Array {
  const { attributes, type = OID.data, hash = 'sha256', certificates = [] } = crafted;
  const { content = new Uint8Array(), leavesSignerOut = false } = crafted;
  const own = leavesSignerOut ? [] : [signer.certificate];
  const hashed = createHash(hash).update(signedContent).digest();
  const digest = attribute(OID.messageDigest, der(TAG.octetString, hashed));
  const signed = derSetOf(
    attributes?.({ hash: hashed, digest }) ?? [
      attribute(OID.contentType, derOid(OID.data)),
      digest,
    ],
  );
  const digestAlgorithm = der(TAG.sequence, derOid(DIGESTS[hash]));
  const info = der(
    TAG.sequence,
    Uint8Array.of(TAG.integer, 1, 1),
    named(signer.certificate).issuerAndSerialNumber,
    digestAlgorithm,
    retagged(signed, TAG.constructed0),
    der(TAG.sequence, derOid(OID.rsaEncryption), der(TAG.null)),
    der(TAG.octetString, sign(hash, signed, signer.privateKey)),
  );
  const body = der(
    TAG.sequence,
    Uint8Array.of(TAG.integer, 1, 1),
    der(TAG.set, digestAlgorithm),
    der(TAG.sequence, derOid(type), content),
    der(TAG.constructed0, ...own, ...certificates),
    der(TAG.set, info),
  );
  return der(TAG.sequence, derOid(OID.signedData), der(TAG.constructed0, body));
}

const SIGNATURE_BODY = /(pkcs7-signature;(?:.*\r\n)+?\r\n)([A-Za-z0-9+/=\r\n]+)(\r\n--)/;

/** A signed entity with another signature object in its place. */
export const withSignature = (signed: Uint8Array, cms: Uint8Array): Buffer =>
  Buffer.from(
    Buffer.from(signed)
      .toString('latin1')
      .replace(
        SIGNATURE_BODY,
        (_, before: string, __, after: string) =>
          `${before}${Buffer.from(cms).toString('base64')}\r\n${after}`,
      ),
    'latin1',
  );

/** The signature object of a signed entity. */
export const signatureOf = (signed: Uint8Array): Buffer =>
  Buffer.from(SIGNATURE_BODY.exec(Buffer.from(signed).toString('latin1'))![2]!, 'base64');
