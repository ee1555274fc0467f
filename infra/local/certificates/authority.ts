import { createPublicKey, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import * as asn1js from 'asn1js';
import { Certificate } from 'pkijs';
import type { Identity } from '../../../shared/secure/keys.ts';
import { localIdentity, type LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { encodeExtensions, type ExtensionOptions } from './extensions.ts';
import { encodeLongTime, encodeTime, keyIdOf, read } from './encoding.ts';
import { COMMON_NAME, EMAIL_ADDRESS, encodeName, ORGANIZATION, type NamePart } from './names.ts';
import { encodeAlgorithm, signed, type SignatureOptions } from './signatures.ts';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A certificate with its key, in the two forms that files and secrets want. */
export interface Issued extends LocalIdentity {
  readonly certificatePem: string;
  /** PKCS #8. */
  readonly privateKeyPem: string;
}

/** One that may issue; by what it is given an intermediate serves as well as a root. */
export type Authority = Issued;

export interface IssueOptions extends ExtensionOptions, SignatureOptions {
  /** Common name; the address or domain when absent. */
  readonly name?: string;
  readonly organization?: string;
  /** As emailAddress of the subject, beside the common name; the older way to bind to an address or domain. */
  readonly emailInName?: string;
  /** Instead of what the three above would give. */
  readonly subject?: readonly NamePart[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** GeneralizedTime also before 2050. */
  readonly longTimes?: boolean;
  /** Without extensions, as before there were any. */
  readonly isVersion1?: boolean;
  /** RSA modulus length, 2048 unless given. */
  readonly bits?: number;
  /** An elliptic curve key instead of RSA. */
  readonly ec?: 'P-256' | 'P-384' | 'P-521';
  /** Certify this key instead of a new one; `privateKey` of the answer is its private half. */
  readonly keys?: KeyPair;
  readonly serial?: Uint8Array;
}

const DAY_MS = 86_400_000;

/** Makes a self-signed authority: basicConstraints, keyCertSign, cRLSign; ten years unless told otherwise. */
export async function makeAuthority(
  options: IssueOptions & { readonly name: string },
): Promise<Authority> {
  const keys = options.keys ?? (await newKeys(options));
  const notAfter = options.notAfter ?? new Date(Date.now() + 3650 * DAY_MS);
  return certify(keys, { ...options, ca: true, notAfter }, { privateKey: keys.privateKey });
}

/**
 * Issues a certificate in the name of an authority: an end entity's (digitalSignature, keyEncipherment,
 * emailProtection) bound to one address or one domain, or with `ca` an intermediate's. Two years unless told otherwise.
 */
export async function issue(authority: Identity, options: IssueOptions): Promise<Issued> {
  const keys = options.keys ?? (await newKeys(options));
  return certify(keys, options, authority);
}

/** A new key pair: RSA 2048 unless told otherwise. */
export async function newKeys(options: Pick<IssueOptions, 'bits' | 'ec'>): Promise<KeyPair> {
  const generate = promisify(generateKeyPair);
  return options.ec
    ? await generate('ec', { namedCurve: options.ec })
    : await generate('rsa', { modulusLength: options.bits ?? 2048 });
}

export const pemOf = (certificateDer: Uint8Array): string => {
  const lines =
    Buffer.from(certificateDer)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
};

interface Signer {
  /** Absent when the certificate signs itself. */
  readonly certificate?: Uint8Array;
  readonly privateKey: KeyObject;
}

function certify(keys: KeyPair, options: IssueOptions, signer: Signer): Issued {
  const subject = encodeName(subjectOf(options));
  const issuer = signer.certificate && Certificate.fromBER(Buffer.from(signer.certificate));
  const version = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 0 },
    value: [new asn1js.Integer({ value: 2 })],
  });
  const extensions = encodeExtensions(options, {
    subjectKeyId: keyIdOf(keys.publicKey),
    authorityKeyId: keyIdOf(createPublicKey(signer.privateKey)),
  });
  const tbs = new asn1js.Sequence({
    value: [
      ...(options.isVersion1 ? [] : [version]),
      new asn1js.Integer({ valueHex: options.serial ?? randomSerial() }),
      encodeAlgorithm(signer.privateKey, options),
      issuer ? read(issuer.subject.valueBeforeDecode) : subject,
      encodeValidity(options),
      subject,
      read(keys.publicKey.export({ type: 'spki', format: 'der' })),
      ...(options.isVersion1 ? [] : [extensions]),
    ],
  });
  return finish(tbs, keys.privateKey, signer.privateKey, options);
}

function encodeValidity({ notBefore, notAfter, longTimes }: IssueOptions): asn1js.Sequence {
  const now = Date.now();
  const times = [notBefore ?? new Date(now - DAY_MS), notAfter ?? new Date(now + 730 * DAY_MS)];
  const encode = longTimes ? encodeLongTime : encodeTime;
  return new asn1js.Sequence({ value: times.map(encode) });
}

function finish(
  tbs: asn1js.Sequence,
  privateKey: KeyObject,
  signingKey: KeyObject,
  options: SignatureOptions,
): Issued {
  const certificate = signed(tbs, signingKey, options);
  return {
    ...localIdentity({ certificate, privateKey }),
    certificatePem: pemOf(certificate),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/** 16 random bytes of which the first is 0x40 to 0x7f: positive, and never shortened by its encoding. */
function randomSerial(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | (bytes[0]! & 0x3f);
  return bytes;
}

function subjectOf(options: IssueOptions): readonly NamePart[] {
  const { organization, emailInName, subject } = options;
  if (subject) return subject;
  return [
    ...(organization === undefined ? [] : [{ type: ORGANIZATION, text: organization }]),
    { type: COMMON_NAME, text: commonNameOf(options) },
    ...(emailInName === undefined
      ? []
      : [{ type: EMAIL_ADDRESS, text: emailInName, encoding: 'ia5' } as const]),
  ];
}

const commonNameOf = (options: IssueOptions): string =>
  (options.name ?? options.address ?? options.domain ?? 'unnamed').slice(0, 64);
