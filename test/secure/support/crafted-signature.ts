import { createHash, sign } from 'node:crypto';
import { OID } from '../../../shared/secure/cms/algorithms.ts';
import { issuerAndSerialNumberOf } from '../../../shared/secure/cms/certificate-id.ts';
import { der, derOid, derSetOf, retagged, TAG } from '../../../shared/secure/cms/der.ts';
import type { Identity } from '../../../shared/secure/keys.ts';

/** What is to be wrong with a signature that is good in all else. */
export interface Crafted {
  readonly attributes?: (right: {
    readonly hash: Uint8Array;
    readonly digest: Uint8Array;
  }) => readonly Uint8Array[];
  readonly type?: string;
  /** [0] of the encapsulated content; a detached signature has none. */
  readonly content?: Uint8Array;
}

export const attribute = (type: string, ...values: readonly Uint8Array[]): Uint8Array =>
  der(TAG.sequence, derOid(type), der(TAG.set, ...values));

/** SignedData whose signature is right over attributes that may not be. */
export function craftedSignature(
  signedContent: Uint8Array,
  signer: Identity,
  { attributes, type = OID.data, content = new Uint8Array() }: Crafted,
): Uint8Array {
  const hash = createHash('sha256').update(signedContent).digest();
  const digest = attribute(OID.messageDigest, der(TAG.octetString, hash));
  const signed = derSetOf(
    attributes?.({ hash, digest }) ?? [attribute(OID.contentType, derOid(OID.data)), digest],
  );
  const sha256 = der(TAG.sequence, derOid(OID.sha256));
  const info = der(
    TAG.sequence,
    Uint8Array.of(TAG.integer, 1, 1),
    issuerAndSerialNumberOf(signer.certificate),
    sha256,
    retagged(signed, TAG.constructed0),
    der(TAG.sequence, derOid(OID.rsaEncryption), der(TAG.null)),
    der(TAG.octetString, sign('sha256', signed, signer.privateKey)),
  );
  const body = der(
    TAG.sequence,
    Uint8Array.of(TAG.integer, 1, 1),
    der(TAG.set, sha256),
    der(TAG.sequence, derOid(type), content),
    der(TAG.constructed0, signer.certificate),
    der(TAG.set, info),
  );
  return der(TAG.sequence, derOid(OID.signedData), der(TAG.constructed0, body));
}
