import type { Identity } from '../../../../shared/secure/keys.ts';
import { OID } from '../../../../shared/trust/cms/algorithms.ts';
import { der, derOid, TAG } from '../../../../shared/trust/cms/der.ts';
import { craftedSignature, type Crafted } from '../../../secure/support/crafted-signature.ts';

const VERSION = Uint8Array.of(TAG.integer, 1, 1);

export interface Unsigned {
  /** Of the content of the CMS object, for which a bundle has no use but to say something of itself. */
  readonly metadata?: Uint8Array;
  readonly crls?: readonly Uint8Array[];
}

/** A bundle that nobody has signed, DER. @param certificates DER, or what claims to be */
export const p7b = (certificates: readonly Uint8Array[], unsigned: Unsigned = {}): Uint8Array => {
  const { metadata, crls = [] } = unsigned;
  const content = metadata && der(TAG.constructed0, der(TAG.octetString, metadata));
  return der(
    TAG.sequence,
    derOid(OID.signedData),
    der(
      TAG.constructed0,
      der(
        TAG.sequence,
        VERSION,
        der(TAG.set),
        der(TAG.sequence, derOid(OID.data), ...(content ? [content] : [])),
        der(TAG.constructed0, ...certificates),
        ...(crls.length > 0 ? [der(TAG.constructed1, ...crls)] : []),
        der(TAG.set),
      ),
    ),
  );
};

/** A content with a signature around it, DER. */
export const p7m = (content: Uint8Array, signer: Identity, crafted: Crafted = {}): Uint8Array =>
  craftedSignature(content, signer, {
    content: der(TAG.constructed0, der(TAG.octetString, content)),
    ...crafted,
  });

const CONSTRUCTED = 0x20;

/**
 * The same CMS object in BER as some software writes it: indefinite lengths, and the content in pieces. What is signed or
 * read by others (certificates, signed attributes) stays DER.
 */
export const loosened = (bytes: Uint8Array): Uint8Array => looser(bytes, 3);

/** @param levels above the fields of SignedData */
function looser(bytes: Uint8Array, levels: number): Uint8Array {
  const tag = bytes[0] ?? 0;
  if ((tag & CONSTRUCTED) === 0) return bytes;
  const members = membersOf(contentOf(bytes));
  if (levels > 0) {
    const isContent = levels === 1 ? TAG.sequence : undefined;
    return indefinite(
      tag,
      members.map((each) => (each[0] === isContent ? inPieces(each) : looser(each, levels - 1))),
    );
  }
  return indefinite(tag, members);
}

/** EncapsulatedContentInfo. */
function inPieces(bytes: Uint8Array): Uint8Array {
  const tag = bytes[0] ?? 0;
  const content = contentOf(bytes);
  if (tag === TAG.octetString) {
    const half = content.length >> 1;
    const pieces = [content.subarray(0, half), content.subarray(half)];
    return indefinite(
      tag | CONSTRUCTED,
      pieces.map((each) => der(TAG.octetString, each)),
    );
  }
  return (tag & CONSTRUCTED) === 0 ? bytes : indefinite(tag, membersOf(content).map(inPieces));
}

const indefinite = (tag: number, members: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Uint8Array.of(tag, 0x80), ...members, Uint8Array.of(0, 0)]);

function headLength(bytes: Uint8Array): { readonly head: number; readonly length: number } {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return { head: 2, length: first };
  const digits = bytes.subarray(2, 2 + (first & 0x7f));
  return { head: 2 + digits.length, length: digits.reduce((sum, each) => sum * 256 + each, 0) };
}

const contentOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(headLength(bytes).head);

function membersOf(content: Uint8Array): readonly Uint8Array[] {
  const members: Uint8Array[] = [];
  for (let rest = content; rest.length > 0;) {
    const { head, length } = headLength(rest);
    members.push(rest.subarray(0, head + length));
    rest = rest.subarray(head + length);
  }
  return members;
}

/** @param label PKCS7, as openssl writes it, unless given */
export const armoured = (bytes: Uint8Array, label = 'PKCS7', newline = '\n'): Buffer => {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return Buffer.from(
    [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join(newline),
  );
};
