import { Certificate } from 'pkijs';
import {
  makeRevocationList,
  type RevocationListOptions,
} from '../../infra/local/certificates/revocation-list.ts';
import { encodeAlgorithm, signDer } from '../../infra/local/certificates/signatures.ts';
import { derOid } from '../../shared/trust/cms/der.ts';
import { writeDer } from '../../shared/trust/der.ts';
import { encodeName, type Authority, type Extension, type NamePart } from './pki.ts';

/** Where a list comes from, or where one says that it does. */
export interface PointName {
  readonly urls?: readonly string[];
  readonly directory?: readonly NamePart[];
  /** Relative to the name of the issuer. */
  readonly relative?: NamePart;
}

export interface ScopeOptions extends PointName {
  readonly only?: 'users' | 'authorities' | 'attributes';
  /** Bits of ReasonFlags, 1 to 8. */
  readonly reasons?: readonly number[];
  readonly isIndirect?: boolean;
}

export interface ListOptions extends RevocationListOptions {
  readonly scope?: ScopeOptions;
  /** The number of the list on which this one builds. */
  readonly deltaOf?: number;
  readonly hasFreshest?: boolean;
}

/** At this time all that the makers of this folder make is current. */
export const NOW = new Date('2026-06-01T12:00:00Z');
export const minutesFromNow = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

/** A list of an hour ago that is renewed after a day. */
export function crlBy(authority: Authority, options: ListOptions = {}): Uint8Array {
  const { scope, deltaOf, hasFreshest, extraExtensions = [], ...others } = options;
  return makeRevocationList(authority, {
    thisUpdate: minutesFromNow(-60),
    ...others,
    extraExtensions: [
      ...(scope ? [{ oid: '2.5.29.28', critical: true, value: encodeScope(scope) }] : []),
      ...(deltaOf === undefined
        ? []
        : [{ oid: '2.5.29.27', critical: true, value: writeDer(2, Uint8Array.of(deltaOf)) }]),
      ...(hasFreshest ? [freshestExtension()] : []),
      ...extraExtensions,
    ],
  });
}

export interface PointOptions extends PointName {
  readonly reasons?: readonly number[];
  readonly crlIssuer?: readonly NamePart[];
}

/** cRLDistributionPoints of a certificate. */
export const pointsExtension = (points: readonly PointOptions[], oid = '2.5.29.31'): Extension => ({
  oid,
  value: writeDer(0x30, Buffer.concat(points.map(encodePoint))),
});

const flag = (tag: number): Uint8Array => Uint8Array.of(tag, 1, 0xff);

/** Where delta lists lie. */
export const freshestExtension = (): Extension =>
  pointsExtension([{ urls: ['http://delta.test/'] }], '2.5.29.46');

const encodePoint = ({ reasons, crlIssuer, ...name }: PointOptions): Uint8Array =>
  writeDer(
    0x30,
    Buffer.concat([
      encodePointName(name),
      ...(reasons ? [encodeReasons(0x81, reasons)] : []),
      ...(crlIssuer ? [writeDer(0xa2, encodeDirectory(crlIssuer))] : []),
    ]),
  );

export function encodeScope({ only, reasons, isIndirect, ...name }: ScopeOptions): Uint8Array {
  return writeDer(
    0x30,
    Buffer.concat([
      encodePointName(name),
      ...(only === 'users' ? [flag(0x81)] : []),
      ...(only === 'authorities' ? [flag(0x82)] : []),
      ...(reasons ? [encodeReasons(0x83, reasons)] : []),
      ...(isIndirect ? [flag(0x84)] : []),
      ...(only === 'attributes' ? [flag(0x85)] : []),
    ]),
  );
}

function encodePointName({ urls = [], directory, relative }: PointName): Uint8Array {
  if (relative) return writeDer(0xa0, writeDer(0xa1, encodeAttribute(relative)));
  const names = [
    ...urls.map((url) => writeDer(0x86, Buffer.from(url))),
    ...(directory ? [encodeDirectory(directory)] : []),
  ];
  if (names.length === 0) return new Uint8Array();
  return writeDer(0xa0, writeDer(0xa0, Buffer.concat(names)));
}

const encodeDirectory = (parts: readonly NamePart[]): Uint8Array =>
  writeDer(0xa4, new Uint8Array(encodeName(parts).toBER()));

const encodeAttribute = ({ type, text }: NamePart): Uint8Array =>
  writeDer(0x30, Buffer.concat([derOid(type), writeDer(0x0c, Buffer.from(text))]));

function encodeReasons(tag: number, reasons: readonly number[]): Uint8Array {
  const flags = reasons.reduce((all, bit) => all | (0x8000 >> bit), 0);
  const octets = reasons.includes(8) ? [flags >> 8, flags & 0xff] : [flags >> 8];
  const unusedBits = 8 * octets.length - 1 - Math.max(...reasons);
  return writeDer(tag, Uint8Array.of(unusedBits, ...octets));
}

/**
 * A list of so many certificates, numbered from 2^120 on, made quickly.
 *
 * @param extensions of each entry: DER of the SEQUENCE of them
 */
export function longCrlBy(
  { certificate, privateKey }: Authority,
  count: number,
  extensions: Uint8Array = new Uint8Array(),
): Uint8Array {
  const date = encodeTime(minutesFromNow(-600));
  const entry = writeDer(0x30, Buffer.concat([writeDer(2, longSerial(0)), date, extensions]));
  const entries = Buffer.alloc(entry.length * count);
  for (let at = 0; at < count; at++) {
    entries.set(entry, at * entry.length);
    entries.set(longSerial(at), at * entry.length + 4);
  }
  const algorithm = new Uint8Array(encodeAlgorithm(privateKey, {}).toBER());
  const subject = new Uint8Array(Certificate.fromBER(certificate).subject.valueBeforeDecode);
  const window = [encodeTime(minutesFromNow(-60)), encodeTime(minutesFromNow(60))];
  const content = writeDer(
    0x30,
    Buffer.concat([
      writeDer(2, Uint8Array.of(1)),
      algorithm,
      subject,
      ...window,
      writeDer(0x30, entries),
    ]),
  );
  const signature = writeDer(
    3,
    Buffer.concat([Uint8Array.of(0), signDer(content, privateKey, {})]),
  );
  return writeDer(0x30, Buffer.concat([content, algorithm, signature]));
}

/** Content octets of a number in the long list. */
export const longSerial = (at: number): Uint8Array =>
  Buffer.from((2n ** 120n + BigInt(at)).toString(16).padStart(32, '0'), 'hex');

const encodeTime = (at: Date): Uint8Array =>
  writeDer(0x18, Buffer.from(at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
