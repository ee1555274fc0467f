import { done, fail, type Outcome } from '../../outcome.ts';
import { readName, type DistinguishedName } from '../certificate-name.ts';
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
} from '../der.ts';
import { readExtensionList } from '../extensions/raw-extension.ts';
import { readSignatureAlgorithm } from '../signature.ts';
import { readTime } from '../time.ts';
import { readCertificateId, type CertificateId } from './certificate-id.ts';
import type { Signed } from './signed.ts';
import type { Window } from './window.ts';

/** What an OCSP responder says of one certificate. */
export interface OcspAnswer extends Window {
  readonly id: CertificateId;
  readonly status: 'good' | 'revoked' | 'not-known';
  /** False when it has a critical extension; none is known here. */
  readonly isUnderstood: boolean;
}

export type ResponderId =
  | { readonly kind: 'name'; readonly name: DistinguishedName }
  /** SHA-1 of its key. */
  | { readonly kind: 'key'; readonly hash: Uint8Array };

/** A basic OCSP response, read and not yet believed. */
export interface OcspResponse extends Signed {
  readonly responder: ResponderId;
  readonly answers: readonly OcspAnswer[];
  /** False when the response as a whole has a critical extension. */
  readonly isUnderstood: boolean;
  /** DER of those that came with it, as they came. */
  readonly certificates: readonly Uint8Array[];
}

export const MAX_RESPONSE_BYTES = 64 * 1024;
const MAX_CERTIFICATES = 10;
const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const ENUMERATED = 0x0a;

/**
 * Reads one OCSP response. What it says is kept for later: whether it speaks of a certificate, and may, is judged then.
 *
 * @param bytes DER
 * @failure trust/revocation-unknown with the detail `malformed`, `too-large`, or `refused`: the responder will not or
 * cannot answer
 * @see RFC 6960 section 4.2.1
 */
export function readOcspResponse(bytes: Uint8Array): Outcome<OcspResponse> {
  if (bytes.length > MAX_RESPONSE_BYTES) return fail('trust/revocation-unknown', 'too-large');
  try {
    const response = read(Uint8Array.from(bytes));
    return response ? done(response) : fail('trust/revocation-unknown', 'refused');
  } catch {
    return fail('trust/revocation-unknown', 'malformed');
  }
}

/** @returns undefined when its status is not "successful" */
function read(bytes: Uint8Array): OcspResponse | undefined {
  const [status, wrapped, ...rest] = childrenOf(readDer(bytes));
  const { content } = expectTag(status, ENUMERATED);
  if (content.length !== 1 || rest.length > 0) throw new NotDer('shape');
  if (content[0] !== 0) return undefined;
  const [type, response, ...others] = childrenOf(onlyChildOf(wrapped, 0xa0));
  if (readOid(type) !== BASIC_RESPONSE || others.length > 0) throw new NotDer('type');
  return readBasic(readDer(expectTag(response, TAG.octetString).content));
}

function readBasic(der: Der): OcspResponse {
  const [signedPart, algorithm, signature, certificates, ...rest] = childrenOf(der);
  if (!signedPart || !algorithm || !signature || rest.length > 0) throw new NotDer('shape');
  const given = certificates ? childrenOf(onlyChildOf(certificates, 0xa0)) : [];
  return {
    ...readData(signedPart),
    signatureAlgorithm: readSignatureAlgorithm(algorithm),
    signedPart: signedPart.raw,
    signature: readBits(signature),
    certificates: given.slice(0, MAX_CERTIFICATES).map(({ raw }) => raw),
  };
}

function readData(der: Der): Pick<OcspResponse, 'responder' | 'answers' | 'isUnderstood'> {
  const parts = childrenOf(der);
  const version = parts[0]?.tag === 0xa0 ? readCount(onlyChildOf(parts.shift(), 0xa0)) : 0;
  const [responder, producedAt, answers, extensions, ...rest] = parts;
  if (version !== 0 || !responder || !answers || rest.length > 0) throw new NotDer('data');
  readTime(expectTag(producedAt, TAG.generalizedTime));
  return {
    responder: readResponder(responder),
    answers: childrenOf(answers).map(readAnswer),
    isUnderstood: hasNoCritical(extensions),
  };
}

function readResponder(der: Der): ResponderId {
  if (der.tag === 0xa1) return { kind: 'name', name: readName(onlyChildOf(der, 0xa1)) };
  const { content } = expectTag(onlyChildOf(der, 0xa2), TAG.octetString);
  return { kind: 'key', hash: content };
}

const STATUSES: Readonly<Record<number, OcspAnswer['status']>> = {
  0x80: 'good',
  0xa1: 'revoked',
  0x82: 'not-known',
};

/** Why and when it was revoked changes nothing and is not read. */
function readAnswer(der: Der): OcspAnswer {
  const [id, statusDer, thisUpdate, ...optional] = childrenOf(der);
  const status = statusDer && STATUSES[statusDer.tag];
  const nextUpdate = optional[0]?.tag === 0xa0 ? onlyChildOf(optional.shift(), 0xa0) : undefined;
  const extensions = optional.shift();
  const isNull = status === 'revoked' || statusDer?.content.length === 0;
  if (!id || !status || !isNull || optional.length > 0) throw new NotDer('answer');
  return {
    id: readCertificateId(id),
    status,
    thisUpdate: readTime(expectTag(thisUpdate, TAG.generalizedTime)),
    ...(nextUpdate && { nextUpdate: readTime(expectTag(nextUpdate, TAG.generalizedTime)) }),
    isUnderstood: hasNoCritical(extensions),
  };
}

const hasNoCritical = (wrapped: Der | undefined): boolean =>
  !wrapped || readExtensionList(onlyChildOf(wrapped, 0xa1)).every(({ critical }) => !critical);

function onlyChildOf(parent: Der | undefined, tag: number): Der {
  const [child, ...rest] = childrenOf(expectTag(parent, tag), tag);
  if (!child || rest.length > 0) throw new NotDer('wrapper');
  return child;
}
