import * as asn1js from 'asn1js';
import { KEY_USAGES, type KeyUsage } from '../../../shared/trust/certificate-extensions.ts';

export type AlternativeName = { readonly rfc822Name: string } | { readonly dnsName: string };

export interface Extension {
  readonly oid: string;
  readonly critical?: boolean;
  /** DER of the extension's own value. */
  readonly value: Uint8Array;
}

export interface ExtensionOptions {
  /** Bind to this address: one rfc822Name. */
  readonly address?: string;
  /** Bind to this domain: one dNSName. */
  readonly domain?: string;
  /** Instead of what `address` or `domain` would give. */
  readonly san?: readonly AlternativeName[];
  readonly ca?: boolean;
  /** Intermediates that may follow; only with `ca`. */
  readonly pathLength?: number;
  /** Those of an authority are critical unless said otherwise, and others have none. */
  readonly basicConstraints?: 'critical' | 'not-critical' | 'absent';
  /** An empty list leaves the extension out. */
  readonly keyUsage?: readonly KeyUsage[];
  /** OIDs; an empty list leaves the extension out. */
  readonly extendedKeyUsage?: readonly string[];
  /** Instead of the key's own identifier: a copy of somebody else's proves nothing. */
  readonly subjectKeyId?: Uint8Array;
  readonly authorityKeyId?: Uint8Array;
  /** Where the revocation lists of the issuer lie: a distribution point for each. */
  readonly crlUrls?: readonly string[];
  /** Where the certificate of the issuer lies. */
  readonly issuerUrls?: readonly string[];
  readonly ocspUrls?: readonly string[];
  readonly extraExtensions?: readonly Extension[];
}

export const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const AUTHORITY_INFORMATION = '1.3.6.1.5.5.7.1.1';

interface KeyIds {
  readonly subjectKeyId: Uint8Array;
  readonly authorityKeyId: Uint8Array;
}

/** The extensions field of a certificate, in its [3] wrapper. */
export function encodeExtensions(options: ExtensionOptions, keyIds: KeyIds): asn1js.Constructed {
  return encodeList(
    [
      ...basicConstraints(options),
      ...keyUsage(options),
      ...extendedKeyUsage(options),
      ...alternativeNames(options),
      extension('2.5.29.14', octets(options.subjectKeyId ?? keyIds.subjectKeyId)),
      authorityKeyIdentifier(options.authorityKeyId ?? keyIds.authorityKeyId),
      ...crlDistributionPoints(options),
      ...authorityInformation(options),
      ...(options.extraExtensions ?? []),
    ],
    3,
  );
}

/** Extensions of a certificate ([3]) or a revocation list ([0]). */
export const encodeList = (
  extensions: readonly Extension[],
  tagNumber: 0 | 3,
): asn1js.Constructed => wrapped(tagNumber, [sequence(extensions.map(encode))]);

export const authorityKeyIdentifier = (keyId: Uint8Array): Extension =>
  extension('2.5.29.35', sequence([context(0, keyId)]));

function basicConstraints({ ca, pathLength, ...options }: ExtensionOptions): Extension[] {
  const wanted = options.basicConstraints ?? (ca ? 'critical' : 'absent');
  if (wanted === 'absent') return [];
  // DER leaves out what is the default, and of `cA` that is false.
  const value: asn1js.BaseBlock[] = ca ? [new asn1js.Boolean({ value: true })] : [];
  if (pathLength !== undefined) value.push(new asn1js.Integer({ value: pathLength }));
  return [extension('2.5.29.19', sequence(value), wanted === 'critical')];
}

function keyUsage(options: ExtensionOptions): Extension[] {
  const standard: readonly KeyUsage[] = options.ca
    ? ['keyCertSign', 'cRLSign']
    : ['digitalSignature', 'keyEncipherment'];
  const usages = options.keyUsage ?? standard;
  if (usages.length === 0) return [];
  const bits = usages.reduce((all, usage) => all | (0x80 >> KEY_USAGES.indexOf(usage)), 0);
  // DER drops the trailing zero bits of a named bit list.
  const unusedBits = 31 - Math.clz32(bits & -bits);
  const valueHex = Uint8Array.of(bits);
  return [extension('2.5.29.15', new asn1js.BitString({ valueHex, unusedBits }), true)];
}

function extendedKeyUsage(options: ExtensionOptions): Extension[] {
  const oids = options.extendedKeyUsage ?? (options.ca ? [] : [EMAIL_PROTECTION]);
  if (oids.length === 0) return [];
  return [
    extension('2.5.29.37', sequence(oids.map((value) => new asn1js.ObjectIdentifier({ value })))),
  ];
}

function alternativeNames({ address, domain, san }: ExtensionOptions): Extension[] {
  const names = san ?? [
    ...(address === undefined ? [] : [{ rfc822Name: address }]),
    ...(domain === undefined ? [] : [{ dnsName: domain }]),
  ];
  if (names.length === 0) return [];
  const encoded = names.map((name) =>
    'rfc822Name' in name
      ? context(1, Buffer.from(name.rfc822Name))
      : context(2, Buffer.from(name.dnsName)),
  );
  return [extension('2.5.29.17', sequence(encoded))];
}

function crlDistributionPoints({ crlUrls = [] }: ExtensionOptions): Extension[] {
  if (crlUrls.length === 0) return [];
  const points = crlUrls.map((url) => sequence([wrapped(0, [wrapped(0, [uri(url)])])]));
  return [extension('2.5.29.31', sequence(points))];
}

function authorityInformation({ issuerUrls = [], ocspUrls = [] }: ExtensionOptions): Extension[] {
  const described = (method: string) => (url: string) =>
    sequence([new asn1js.ObjectIdentifier({ value: method }), uri(url)]);
  const descriptions = [
    ...ocspUrls.map(described('1.3.6.1.5.5.7.48.1')),
    ...issuerUrls.map(described('1.3.6.1.5.5.7.48.2')),
  ];
  return descriptions.length === 0
    ? []
    : [extension(AUTHORITY_INFORMATION, sequence(descriptions))];
}

const sequence = (value: asn1js.BaseBlock[]): asn1js.Sequence => new asn1js.Sequence({ value });

const octets = (valueHex: Uint8Array): asn1js.OctetString => new asn1js.OctetString({ valueHex });

const context = (tagNumber: number, valueHex: Uint8Array): asn1js.Primitive =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex });

/** GeneralName of a URL. */
const uri = (url: string): asn1js.Primitive => context(6, Buffer.from(url));

const wrapped = (tagNumber: number, value: asn1js.BaseBlock[]): asn1js.Constructed =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });

export const extension = (oid: string, value: asn1js.BaseBlock, critical = false): Extension => ({
  oid,
  critical,
  value: new Uint8Array(value.toBER()),
});

export const encode = ({ oid, critical, value }: Extension): asn1js.Sequence =>
  sequence([
    new asn1js.ObjectIdentifier({ value: oid }),
    ...(critical ? [new asn1js.Boolean({ value: true })] : []),
    octets(value),
  ]);
