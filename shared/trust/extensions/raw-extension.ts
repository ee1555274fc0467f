import {
  childrenOf,
  expectTag,
  NotDer,
  readBoolean,
  readDer,
  readOid,
  TAG,
  type Der,
} from '../der.ts';

/** One extension of a certificate, a revocation list or an OCSP answer, not looked into. */
export interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER of the extension's own value. */
  readonly value: Uint8Array;
}

/**
 * Reads an Extensions.
 *
 * @throws NotDer also when an extension occurs twice: which of the two was meant cannot be known
 * @see RFC 5280 section 4.2
 */
export function readExtensionList(list: Der): readonly RawExtension[] {
  const all = childrenOf(list).map(readExtension);
  if (new Set(all.map(({ oid }) => oid)).size !== all.length)
    throw new NotDer('an extension twice');
  return all;
}

function readExtension(extension: Der): RawExtension {
  const [oid, ...parts] = childrenOf(extension);
  const value = expectTag(parts.pop(), TAG.octetString);
  const [critical, ...others] = parts;
  if (others.length > 0) throw new NotDer('extension');
  return {
    oid: readOid(oid),
    critical: critical ? readBoolean(critical) : false,
    value: value.content,
  };
}

/**
 * The key identifier of an authorityKeyIdentifier, in hex: a hint and no proof of anything.
 *
 * @see RFC 5280 section 4.2.1.1
 */
export function readAuthorityKeyId(value: Uint8Array): string | undefined {
  const keyId = childrenOf(readDer(value)).find(({ tag }) => tag === 0x80);
  return keyId && Buffer.from(keyId.content).toString('hex');
}
