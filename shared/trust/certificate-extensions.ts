import {
  childrenOf,
  expectTag,
  NotDer,
  readBits,
  readBoolean,
  readCount,
  readDer,
  readOid,
  TAG,
  type Der,
} from './der.ts';

export const OID = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  anyExtendedKeyUsage: '2.5.29.37.0',
} as const;

/** Names of RFC 5280; the position is the bit. */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

export interface BasicConstraints {
  readonly ca: boolean;
  /** Intermediates that may follow; no limit when absent. */
  readonly pathLength?: number;
}

/** The extensions of a certificate as far as trust depends on them. */
export interface Extensions {
  /** OIDs of all, each once. */
  readonly present: ReadonlySet<string>;
  readonly critical: ReadonlySet<string>;
  readonly basicConstraints?: BasicConstraints;
  readonly keyUsage?: ReadonlySet<KeyUsage>;
  /** OIDs. */
  readonly extendedKeyUsage?: ReadonlySet<string>;
  /** ASCII, as they were written. */
  readonly rfc822Names: readonly string[];
  readonly dnsNames: readonly string[];
  /** Hex; hints for the order of search and no proof of anything. */
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
}

interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** @throws NotDer also when an extension occurs twice: which of the two was meant cannot be known */
export function readExtensions(wrapped: Der | undefined): Extensions {
  const raw = wrapped === undefined ? [] : listed(wrapped);
  const values = new Map(raw.map(({ oid, value }) => [oid, value]));
  if (values.size !== raw.length) throw new NotDer('an extension twice');
  const read = <T>(oid: string, reader: (value: Uint8Array) => T): T | undefined => {
    const value = values.get(oid);
    return value && reader(value);
  };
  const names = read(OID.alternativeNames, (value) => nonEmpty(value)) ?? [];
  return {
    present: new Set(values.keys()),
    critical: new Set(raw.filter(({ critical }) => critical).map(({ oid }) => oid)),
    rfc822Names: names.filter(({ tag }) => tag === 0x81).map(asciiOf),
    dnsNames: names.filter(({ tag }) => tag === 0x82).map(asciiOf),
    ...given('basicConstraints', read(OID.basicConstraints, readBasicConstraints)),
    ...given('keyUsage', read(OID.keyUsage, readKeyUsage)),
    ...given('extendedKeyUsage', read(OID.extendedKeyUsage, readExtendedKeyUsage)),
    ...given('subjectKeyId', read(OID.subjectKeyId, readSubjectKeyId)),
    ...given('authorityKeyId', read(OID.authorityKeyId, readAuthorityKeyId)),
  };
}

function listed(wrapped: Der): RawExtension[] {
  const [list, ...rest] = childrenOf(wrapped, 0xa3);
  if (!list || rest.length > 0) throw new NotDer('extensions');
  return childrenOf(list).map((extension) => {
    const [oid, ...parts] = childrenOf(extension);
    const value = expectTag(parts.pop(), TAG.octetString);
    const [critical, ...others] = parts;
    if (others.length > 0) throw new NotDer('extension');
    return {
      oid: readOid(oid),
      critical: critical ? readBoolean(critical) : false,
      value: value.content,
    };
  });
}

const nonEmpty = (value: Uint8Array): Der[] => {
  const children = childrenOf(readDer(value));
  if (children.length === 0) throw new NotDer('empty list');
  return children;
};

/** A name with a zero octet or another control character reads differently to different eyes: refused. */
function asciiOf({ content }: Der): string {
  const text = Buffer.from(content).toString('latin1');
  if (!/^[\x21-\x7e]+$/.test(text)) throw new NotDer('name');
  return text;
}

function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const parts = childrenOf(readDer(value));
  const ca = parts[0]?.tag === TAG.boolean && readBoolean(parts.shift()!);
  const [pathLength, ...rest] = parts;
  if (rest.length > 0) throw new NotDer('basic constraints');
  return { ca, ...given('pathLength', pathLength && readCount(pathLength)) };
}

function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const bits = readBits(readDer(value), true);
  return new Set(
    KEY_USAGES.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0),
  );
}

const readExtendedKeyUsage = (value: Uint8Array): ReadonlySet<string> =>
  new Set(nonEmpty(value).map(readOid));

const readSubjectKeyId = (value: Uint8Array): string =>
  hex(readDer(value, TAG.octetString).content);

function readAuthorityKeyId(value: Uint8Array): string | undefined {
  const keyId = childrenOf(readDer(value)).find(({ tag }) => tag === 0x80);
  return keyId && hex(keyId.content);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A property that is left out when there is no value for it. */
const given = <Name extends string, T>(
  name: Name,
  value: T | undefined,
): { readonly [Key in Name]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: T });
