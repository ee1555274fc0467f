import { done, fail, type Outcome } from '../../outcome.ts';
import { readName, type DistinguishedName } from '../certificate-name.ts';
import { childrenOf, NotDer, readBits, readCount, readDer, TAG, type Der } from '../der.ts';
import { readAuthorityKeyId, readExtensionList } from '../extensions/raw-extension.ts';
import { readSignatureAlgorithm } from '../signature.ts';
import { readTime } from '../time.ts';
import { isUnderstood, type Entries } from './entries.ts';
import { EVERYTHING, readScope, type Scope } from './scope.ts';
import type { Signed } from './signed.ts';
import type { Window } from './window.ts';

/** A certificate revocation list, read and not yet believed. */
export interface Crl extends Signed, Window {
  readonly issuer: DistinguishedName;
  readonly entries: Entries;
  readonly scope: Scope;
  /** The scope as it was written, in hex: lists with the same speak of the same certificates. */
  readonly scopeKey: string;
  /** False when the list, or an entry of it, has a critical extension that is not known here. */
  readonly isUnderstood: boolean;
  /** Lists only what changed since another list. */
  readonly isDelta: boolean;
  /** Points to a delta list. */
  readonly hasFreshestCrl: boolean;
  readonly number?: bigint;
  /** Hex; a hint and no proof of anything. */
  readonly authorityKeyId?: string;
}

export const MAX_CRL_BYTES = 5 * 1024 * 1024;
/** Of all but the entries: names and extensions are made into objects, and a few megabytes of them are too many. */
const MAX_FRAME_BYTES = 64 * 1024;

const OID = {
  issuerAltName: '2.5.29.18',
  number: '2.5.29.20',
  deltaIndicator: '2.5.29.27',
  scope: '2.5.29.28',
  authorityKeyId: '2.5.29.35',
  freshestCrl: '2.5.29.46',
} as const;

const KNOWN: readonly string[] = Object.values(OID);

/**
 * Reads one revocation list. It keeps the bytes, which must not change afterwards, and makes nothing of its entries:
 * one read list serves many questions, and a list of five megabytes costs five megabytes.
 *
 * @param bytes DER
 * @failure trust/revocation-unknown with the detail `malformed` or `too-large`
 * @see RFC 5280 section 5
 */
export function readCrl(bytes: Uint8Array): Outcome<Crl> {
  if (bytes.length > MAX_CRL_BYTES) return fail('trust/revocation-unknown', 'too-large');
  try {
    return done(read(bytes));
  } catch {
    return fail('trust/revocation-unknown', 'malformed');
  }
}

function read(bytes: Uint8Array): Crl {
  const [signedPart, outerAlgorithm, signature, ...rest] = childrenOf(
    readDer(bytes),
    TAG.sequence,
    3,
  );
  if (!signedPart || !outerAlgorithm || !signature || rest.length > 0) throw new NotDer('shape');
  const fields = readFields(signedPart);
  if (bytes.length - fields.entries.length > MAX_FRAME_BYTES) throw new NotDer('frame');
  // What the signature covers names its algorithm too; else the name outside could be exchanged.
  if (!Buffer.from(fields.algorithm.raw).equals(outerAlgorithm.raw)) throw new NotDer('algorithms');
  const issuer = readName(fields.issuer);
  if (issuer.isEmpty) throw new NotDer('nameless');
  const extensions = readCrlExtensions(fields.extensions, issuer);
  return {
    issuer,
    thisUpdate: readTime(fields.thisUpdate),
    ...(fields.nextUpdate && { nextUpdate: readTime(fields.nextUpdate) }),
    entries: fields.entries,
    signatureAlgorithm: readSignatureAlgorithm(outerAlgorithm),
    signedPart: signedPart.raw,
    signature: readBits(signature),
    ...extensions,
    isUnderstood: isUnderstood(fields.entries) && extensions.isUnderstood,
  };
}

interface Fields {
  readonly thisUpdate: Der;
  readonly nextUpdate?: Der;
  readonly algorithm: Der;
  readonly issuer: Der;
  readonly entries: Entries;
  readonly extensions: Der | undefined;
}

const NO_ENTRIES: Entries = new Uint8Array();

function readFields(signedPart: Der): Fields {
  const parts = childrenOf(signedPart, TAG.sequence, 7);
  const version = parts[0]?.tag === TAG.integer ? readCount(parts.shift()!) : 0;
  const [algorithm, issuer, thisUpdate, ...optional] = parts;
  if (!algorithm || !issuer || !thisUpdate) throw new NotDer('shape');
  const isTime = optional[0]?.tag === TAG.utcTime || optional[0]?.tag === TAG.generalizedTime;
  const nextUpdate = isTime ? optional.shift() : undefined;
  const entries = optional[0]?.tag === TAG.sequence ? optional.shift()!.content : NO_ENTRIES;
  const extensions = optional[0]?.tag === 0xa0 ? optional.shift() : undefined;
  if (optional.length > 0 || version > 1 || (extensions && version !== 1))
    throw new NotDer('shape');
  return {
    algorithm,
    issuer,
    thisUpdate,
    ...(nextUpdate && { nextUpdate }),
    entries,
    extensions,
  };
}

type CrlExtensions = Pick<
  Crl,
  'scope' | 'scopeKey' | 'isUnderstood' | 'isDelta' | 'hasFreshestCrl' | 'number' | 'authorityKeyId'
>;

function readCrlExtensions(wrapped: Der | undefined, issuer: DistinguishedName): CrlExtensions {
  const [list, ...rest] = wrapped ? childrenOf(wrapped, 0xa0) : [];
  if (rest.length > 0 || (wrapped && !list)) throw new NotDer('extensions');
  const all = list ? readExtensionList(list) : [];
  const values = new Map(all.map(({ oid, value }) => [oid, value]));
  const [scope, number, keyId] = [OID.scope, OID.number, OID.authorityKeyId].map((oid) =>
    values.get(oid),
  );
  const authorityKeyId = keyId && readAuthorityKeyId(keyId);
  return {
    scope: scope ? readScope(scope, issuer) : EVERYTHING,
    scopeKey: Buffer.from(scope ?? []).toString('hex'),
    isUnderstood: all.every(({ oid, critical }) => !critical || KNOWN.includes(oid)),
    isDelta: values.has(OID.deltaIndicator),
    hasFreshestCrl: values.has(OID.freshestCrl),
    ...(number && { number: readNumber(number) }),
    ...(authorityKeyId !== undefined && { authorityKeyId }),
  };
}

function readNumber(value: Uint8Array): bigint {
  const { content } = readDer(value, TAG.integer);
  if (content.length === 0) throw new NotDer('number');
  return BigInt.asIntN(content.length * 8, BigInt(`0x${Buffer.from(content).toString('hex')}`));
}
