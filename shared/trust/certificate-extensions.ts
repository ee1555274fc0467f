import type { DistinguishedName } from './certificate-name.ts';
import {
  childrenOf,
  NotDer,
  readBits,
  readBoolean,
  readCount,
  readDer,
  readOid,
  TAG,
  type Der,
} from './der.ts';
import { readDistributionPoints, type DistributionPoint } from './distribution-point.ts';
import {
  readInhibitAnyPolicy,
  readPolicies,
  readPolicyConstraints,
  readPolicyMappings,
  type PolicyConstraints,
  type PolicyMapping,
} from './extensions/certificate-policies.ts';
import { readInformationAccess, type InformationAccess } from './extensions/information-access.ts';
import { readNameConstraints, type NameConstraints } from './extensions/name-constraints.ts';
import {
  readAuthorityKeyId,
  readExtensionList,
  type RawExtension,
} from './extensions/raw-extension.ts';
import { readGeneralName, textsOf, type GeneralName } from './general-name.ts';

export const OID = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  informationAccess: '1.3.6.1.5.5.7.1.1',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
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
export interface Extensions extends InformationAccess {
  /** OIDs of all, each once. */
  readonly present: ReadonlySet<string>;
  readonly critical: ReadonlySet<string>;
  readonly basicConstraints?: BasicConstraints;
  readonly keyUsage?: ReadonlySet<KeyUsage>;
  /** OIDs. */
  readonly extendedKeyUsage?: ReadonlySet<string>;
  /** All alternative names of the subject. */
  readonly names: readonly GeneralName[];
  /** Those of two kinds among them, as they were written. */
  readonly rfc822Names: readonly string[];
  readonly dnsNames: readonly string[];
  /** Hex; hints for the order of search and no proof of anything. */
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  readonly crlDistributionPoints: readonly DistributionPoint[];
  /** Whether it points to a list of what changed since the last full one. */
  readonly hasFreshestCrl: boolean;
  /** Of an OCSP responder: its own certificate need not be asked about. */
  readonly ocspNoCheck: boolean;
  readonly nameConstraints?: NameConstraints;
  /** OIDs, each once. */
  readonly policies?: readonly string[];
  readonly policyMappings?: readonly PolicyMapping[];
  readonly policyConstraints?: PolicyConstraints;
  /** Certificates after which any-policy stands for none. */
  readonly inhibitAnyPolicy?: number;
}

/**
 * @param issuer of the certificate: to its name those of distribution points may be relative
 * @throws NotDer when one that is used cannot be read, or occurs twice
 */
export function readExtensions(wrapped: Der | undefined, issuer: DistinguishedName): Extensions {
  const raw = wrapped === undefined ? [] : listed(wrapped);
  const values = new Map(raw.map(({ oid, value }) => [oid, value]));
  const read = <T>(oid: string, reader: (value: Uint8Array) => T): T | undefined => {
    const value = values.get(oid);
    return value && reader(value);
  };
  const readPoints = (value: Uint8Array): readonly DistributionPoint[] =>
    readDistributionPoints(value, issuer);
  const names = read(OID.alternativeNames, readAlternativeNames) ?? [];
  return {
    present: new Set(values.keys()),
    critical: new Set(raw.filter(({ critical }) => critical).map(({ oid }) => oid)),
    names,
    rfc822Names: textsOf(names, 'email'),
    dnsNames: textsOf(names, 'dns'),
    crlDistributionPoints: read(OID.crlDistributionPoints, readPoints) ?? [],
    hasFreshestCrl: values.has(OID.freshestCrl),
    ocspNoCheck: values.has(OID.ocspNoCheck),
    ...(read(OID.informationAccess, readInformationAccess) ?? NOWHERE),
    ...given('basicConstraints', read(OID.basicConstraints, readBasicConstraints)),
    ...given('keyUsage', read(OID.keyUsage, readKeyUsage)),
    ...given('extendedKeyUsage', read(OID.extendedKeyUsage, readExtendedKeyUsage)),
    ...given('subjectKeyId', read(OID.subjectKeyId, readSubjectKeyId)),
    ...given('authorityKeyId', read(OID.authorityKeyId, readAuthorityKeyId)),
    ...readRestrictions(read),
  };
}

type Read = <T>(oid: string, reader: (value: Uint8Array) => T) => T | undefined;

const NOWHERE: InformationAccess = { caIssuers: [], ocspResponders: [] };

/** What binds the certificates below one. */
const readRestrictions = (read: Read) => ({
  ...given('nameConstraints', read(OID.nameConstraints, readNameConstraints)),
  ...given('policies', read(OID.certificatePolicies, readPolicies)),
  ...given('policyMappings', read(OID.policyMappings, readPolicyMappings)),
  ...given('policyConstraints', read(OID.policyConstraints, readPolicyConstraints)),
  ...given('inhibitAnyPolicy', read(OID.inhibitAnyPolicy, readInhibitAnyPolicy)),
});

function listed(wrapped: Der): readonly RawExtension[] {
  const [list, ...rest] = childrenOf(wrapped, 0xa3);
  if (!list || rest.length > 0) throw new NotDer('extensions');
  return readExtensionList(list);
}

const nonEmpty = (value: Uint8Array): Der[] => {
  const children = childrenOf(readDer(value));
  if (children.length === 0) throw new NotDer('empty list');
  return children;
};

/** There should be one at least (RFC 5280 section 4.2.1.6); certificates of the field have none, and it names nothing. */
const readAlternativeNames = (value: Uint8Array): readonly GeneralName[] =>
  childrenOf(readDer(value)).map((name) => readGeneralName(name));

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

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A property that is left out when there is no value for it. */
const given = <Name extends string, T>(
  name: Name,
  value: T | undefined,
): { readonly [Key in Name]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: T });
