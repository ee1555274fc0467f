import { childrenOf, NotDer, readCount, readDer, readOid } from '../der.ts';

/** One policy of the issuer that the subject knows under another OID. */
export interface PolicyMapping {
  readonly issuerDomain: string;
  readonly subjectDomain: string;
}

/** After how many more certificates something begins to hold; at once when it is 0. */
export interface PolicyConstraints {
  readonly requireExplicit?: number;
  readonly inhibitMapping?: number;
}

export const ANY_POLICY = '2.5.29.32.0';

const REQUIRE_EXPLICIT = 0x80;
const INHIBIT_MAPPING = 0x81;

/**
 * OIDs of certificatePolicies. What qualifies them is for people to read and not looked at.
 *
 * @see RFC 5280 section 4.2.1.4
 */
export function readPolicies(value: Uint8Array): readonly string[] {
  const policies = childrenOf(readDer(value)).map((information) => {
    const [oid, qualifiers, ...rest] = childrenOf(information);
    if (rest.length > 0 || (qualifiers && childrenOf(qualifiers).length === 0)) {
      throw new NotDer('policy');
    }
    return readOid(oid);
  });
  const isSound = policies.length > 0 && new Set(policies).size === policies.length;
  if (!isSound) throw new NotDer('policies');
  return policies;
}

/** @see RFC 5280 section 4.2.1.5 */
export function readPolicyMappings(value: Uint8Array): readonly PolicyMapping[] {
  const mappings = childrenOf(readDer(value)).map((mapping) => {
    const [issuerDomain, subjectDomain, ...rest] = childrenOf(mapping).map(readOid);
    if (!issuerDomain || !subjectDomain || rest.length > 0) throw new NotDer('policy mapping');
    return { issuerDomain, subjectDomain };
  });
  if (mappings.length === 0) throw new NotDer('policy mappings');
  return mappings;
}

/** @see RFC 5280 section 4.2.1.11 */
export function readPolicyConstraints(value: Uint8Array): PolicyConstraints {
  const parts = childrenOf(readDer(value));
  const take = (tag: number): number | undefined =>
    parts[0]?.tag === tag ? readCount(parts.shift()!, tag) : undefined;
  const requireExplicit = take(REQUIRE_EXPLICIT);
  const inhibitMapping = take(INHIBIT_MAPPING);
  const isEmpty = requireExplicit === undefined && inhibitMapping === undefined;
  if (parts.length > 0 || isEmpty) throw new NotDer('policy constraints');
  return {
    ...(requireExplicit === undefined ? {} : { requireExplicit }),
    ...(inhibitMapping === undefined ? {} : { inhibitMapping }),
  };
}

/** @see RFC 5280 section 4.2.1.14 */
export const readInhibitAnyPolicy = (value: Uint8Array): number => readCount(readDer(value));
