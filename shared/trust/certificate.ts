import type { KeyObject } from 'node:crypto';
import { sha256, type Sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { certificateIn } from '../x509.ts';
import { OID, readExtensions, type Extensions } from './certificate-extensions.ts';
import { readName, type DistinguishedName } from './certificate-name.ts';
import {
  childrenOf,
  expectTag,
  NotDer,
  readBits,
  readCount,
  readDer,
  readOid,
  TAG,
  type Der,
} from './der.ts';
import { readSignatureAlgorithm, type SignatureAlgorithm } from './signature.ts';
import { readTime } from './time.ts';

/** An X.509 certificate, read and not yet believed. */
export interface Certificate extends Extensions {
  readonly der: Uint8Array;
  /** SHA-256 of `der`: two certificates are the same when this is. */
  readonly fingerprint: Sha256;
  /** As people count them; those before 3 have no extensions. */
  readonly version: number;
  /** Lower-case hex of its octets, as they stand there: negative ones and over-long ones are in use. */
  readonly serial: string;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBefore: Date;
  /** Valid through the whole of this second. */
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** What is signed. */
  readonly signedPart: Uint8Array;
  readonly signature: Uint8Array;
  /** Of the subject. */
  readonly organization?: string;
  readonly commonName?: string;
}

const MAX_CERTIFICATE_BYTES = 65_536;
const EC_KEY = '1.2.840.10045.2.1';

/**
 * Reads one certificate. Two readers have to agree that it is one: this one, which takes DER and nothing looser, and
 * OpenSSL's, which also gives the key.
 *
 * @failure trust/malformed
 */
export function readCertificate(bytes: Uint8Array): Outcome<Certificate> {
  if (bytes.length > MAX_CERTIFICATE_BYTES) return fail('trust/malformed');
  try {
    return done(read(Uint8Array.from(bytes)));
  } catch {
    return fail('trust/malformed');
  }
}

/** Those that can be read, in order; the others are passed over. */
export const readableOf = (all: readonly Uint8Array[]): readonly Certificate[] =>
  all.map(readCertificate).flatMap((each) => (each.ok ? [each.value] : []));

function read(der: Uint8Array): Certificate {
  const [signedPart, outerAlgorithm, signature, ...rest] = childrenOf(readDer(der));
  if (!signedPart || !outerAlgorithm || !signature || rest.length > 0) throw new NotDer('shape');
  const fields = readFields(signedPart);
  // What the signature covers names its algorithm too; else the name outside could be exchanged.
  if (!same(fields.algorithm.raw, outerAlgorithm.raw)) throw new NotDer('two algorithms');
  const [notBefore, notAfter, ...others] = childrenOf(fields.validity).map(readTime);
  if (!notBefore || !notAfter || others.length > 0) throw new NotDer('validity');
  const subject = readName(fields.subject);
  const issuer = readName(fields.issuer);
  const extensions = readExtensions(fields.extensions, issuer);
  const named =
    !subject.isEmpty ||
    (extensions.critical.has(OID.alternativeNames) && extensions.names.length > 0);
  if (issuer.isEmpty || !named) throw new NotDer('nameless');
  return {
    der,
    fingerprint: sha256(der),
    version: fields.version,
    serial: fields.serial,
    subject,
    issuer,
    notBefore,
    notAfter,
    publicKey: readPublicKey(der, fields.publicKeyInfo),
    publicKeyInfo: fields.publicKeyInfo.raw,
    signatureAlgorithm: readSignatureAlgorithm(outerAlgorithm),
    signedPart: signedPart.raw,
    signature: readBits(signature),
    ...extensions,
    ...(subject.organization === undefined ? {} : { organization: subject.organization }),
    ...(subject.commonName === undefined ? {} : { commonName: subject.commonName }),
  };
}

interface Fields {
  readonly version: number;
  readonly serial: string;
  readonly algorithm: Der;
  readonly issuer: Der;
  readonly validity: Der;
  readonly subject: Der;
  readonly publicKeyInfo: Der;
  readonly extensions: Der | undefined;
}

function readFields(signedPart: Der): Fields {
  const parts = childrenOf(signedPart);
  const version = parts[0]?.tag === 0xa0 ? readCount(childrenOf(parts.shift()!, 0xa0)[0]!) : 0;
  const [serialDer, algorithm, issuer, validity, subject, publicKeyInfo, ...optional] = parts;
  const serial = Buffer.from(expectTag(serialDer, TAG.integer).content).toString('hex');
  if (serial === '') throw new NotDer('serial');
  const extensions = optional.at(-1)?.tag === 0xa3 ? optional.pop() : undefined;
  // What may still be there are the unique identifiers of version 2, primitive [1] and [2].
  const strays = optional.some(({ tag }) => tag !== 0x81 && tag !== 0x82);
  if (version > 2 || strays || optional.length > 2 || (extensions && version !== 2)) {
    throw new NotDer('version');
  }
  if (!algorithm || !issuer || !validity || !subject || !publicKeyInfo) throw new NotDer('shape');
  return {
    version: version + 1,
    serial,
    algorithm,
    issuer,
    validity,
    subject,
    publicKeyInfo,
    extensions,
  };
}

/** A curve given by its numbers instead of its name may only look like the one it claims to be: refused. */
function readPublicKey(der: Uint8Array, info: Der): KeyObject {
  const [algorithm] = childrenOf(info);
  const [kind, parameters] = childrenOf(algorithm!);
  if (readOid(kind) === EC_KEY) expectTag(parameters, TAG.oid);
  const certificate = certificateIn(der);
  if (!certificate) throw new NotDer('two certificates');
  return certificate.publicKey;
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(other);
