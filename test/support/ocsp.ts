import { createHash, createPublicKey } from 'node:crypto';
import { Certificate } from 'pkijs';
import { keyIdOf } from '../../infra/local/certificates/encoding.ts';
import {
  encodeAlgorithm,
  signDer,
  type SignatureOptions,
} from '../../infra/local/certificates/signatures.ts';
import { derOid } from '../../shared/trust/cms/der.ts';
import { writeDer } from '../../shared/trust/der.ts';
import { minutesFromNow } from './crl.ts';
import type { Authority, Extension } from './pki.ts';

export interface AnswerOptions {
  /** The certificate of which it speaks, DER. */
  readonly about: Uint8Array;
  readonly status?: 'good' | 'revoked' | 'unknown';
  /** Half an hour ago unless given. */
  readonly thisUpdate?: Date;
  /** In a day unless given; left out when `false`. */
  readonly nextUpdate?: Date | false;
  /** Of the certificate ID. */
  readonly idHash?: 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'md5';
  /** Whose name and whose key the certificate ID gives as the issuer's, where they are not the issuer's. */
  readonly nameOf?: Authority;
  readonly keyOf?: Authority;
  readonly extensions?: readonly Extension[];
}

export interface ResponseOptions extends SignatureOptions {
  readonly answers: readonly AnswerOptions[];
  /** Who signs it, where it is not the issuer. */
  readonly signer?: Authority;
  /** Whom it names as the signer, where it is not the signer. */
  readonly named?: Authority;
  readonly namedBy?: 'key' | 'name';
  /** DER. */
  readonly certificates?: readonly Uint8Array[];
  readonly extensions?: readonly Extension[];
}

const HASH_OIDS = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** Answers in the name of the authority that issued the certificates. DER. */
export function ocspBy(issuer: Authority, options: ResponseOptions): Uint8Array {
  const { answers, signer = issuer, named = signer, namedBy = 'key', certificates = [] } = options;
  const responder =
    namedBy === 'key'
      ? writeDer(0xa2, writeDer(0x04, keyHash(named)))
      : writeDer(0xa1, nameOf(named.certificate));
  const data = sequence(
    responder,
    encodeTime(minutesFromNow(-30)),
    sequence(...answers.map((each) => encodeAnswer(issuer, each))),
    encodeExtensions(options.extensions),
  );
  const algorithm = new Uint8Array(encodeAlgorithm(signer.privateKey, options).toBER());
  const signature = signDer(data, signer.privateKey, options);
  const basic = sequence(
    data,
    algorithm,
    writeDer(0x03, Buffer.concat([Uint8Array.of(0), signature])),
    certificates.length > 0 ? writeDer(0xa0, sequence(...certificates)) : NOTHING,
  );
  const type = derOid('1.3.6.1.5.5.7.48.1.1');
  return sequence(SUCCESSFUL, writeDer(0xa0, sequence(type, writeDer(0x04, basic))));
}

const SUCCESSFUL = Uint8Array.of(0x0a, 1, 0);
const NOTHING = new Uint8Array();

/** A response without an answer: 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized. */
export const ocspRefusal = (status: number): Uint8Array => sequence(Uint8Array.of(0x0a, 1, status));

function encodeAnswer(issuer: Authority, options: AnswerOptions): Uint8Array {
  const { status = 'good', idHash = 'sha1', about } = options;
  const { thisUpdate = minutesFromNow(-30), nextUpdate = minutesFromNow(24 * 60) } = options;
  const digest = (bytes: Uint8Array): Uint8Array => createHash(idHash).update(bytes).digest();
  const id = sequence(
    sequence(derOid(HASH_OIDS[idHash]), writeDer(0x05, NOTHING)),
    writeDer(0x04, digest(nameOf((options.nameOf ?? issuer).certificate))),
    writeDer(0x04, digest(keyBits(options.keyOf ?? issuer))),
    new Uint8Array(Certificate.fromBER(about).serialNumber.toBER()),
  );
  const revoked = writeDer(0xa1, encodeTime(minutesFromNow(-600)));
  const statuses = { good: Uint8Array.of(0x80, 0), revoked, unknown: Uint8Array.of(0x82, 0) };
  return sequence(
    id,
    statuses[status],
    encodeTime(thisUpdate),
    nextUpdate ? writeDer(0xa0, encodeTime(nextUpdate)) : NOTHING,
    encodeExtensions(options.extensions),
  );
}

const encodeExtensions = (extensions: readonly Extension[] = []): Uint8Array =>
  extensions.length === 0 ? NOTHING : writeDer(0xa1, sequence(...extensions.map(encodeExtension)));

const encodeExtension = ({ oid, critical, value }: Extension): Uint8Array =>
  sequence(derOid(oid), critical ? Uint8Array.of(1, 1, 0xff) : NOTHING, writeDer(0x04, value));

const encodeTime = (at: Date): Uint8Array =>
  writeDer(0x18, Buffer.from(at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));

const nameOf = (certificate: Uint8Array): Uint8Array =>
  new Uint8Array(Certificate.fromBER(certificate).subject.valueBeforeDecode);

const keyHash = ({ privateKey }: Authority): Uint8Array => keyIdOf(createPublicKey(privateKey));

const keyBits = ({ certificate }: Authority): Uint8Array =>
  Certificate.fromBER(certificate).subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;

const sequence = (...parts: readonly Uint8Array[]): Uint8Array =>
  writeDer(0x30, Buffer.concat(parts));
