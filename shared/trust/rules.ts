import { domainOf, type DirectAddress } from '../ids.ts';
import type { Settings } from '../settings.ts';

/** What is done when nobody can say whether a certificate was revoked. */
export type RevocationMode =
  /** Every certificate on the path needs an answer. */
  | 'required'
  /** One that names a source needs an answer; one that names none is taken, and that is said. */
  | 'hard-fail'
  /** No answer is no obstacle, and that is said. */
  | 'soft-fail'
  /** Nobody is asked. */
  | 'off';

/** RFC 5280 section 6.1.1, (c) to (g): what the relying party demands of policies. OIDs in dotted form. */
export interface PolicyDemands {
  /** `undefined` stands for any-policy. */
  readonly initialPolicies?: ReadonlySet<string>;
  readonly explicitPolicy: boolean;
  readonly inhibitPolicyMapping: boolean;
  readonly inhibitAnyPolicy: boolean;
}

/** How strict a decision about trust is. */
export interface TrustRules extends PolicyDemands {
  readonly revocation: RevocationMode;
  /** Certificates between the leaf and the anchor that are not self-issued. */
  readonly maxDepth: number;
  readonly minimumRsaBits: number;
  readonly allowSha1: boolean;
  /** Whether the path has to end in an anchor (`bundle`), or may end in any certificate that signed itself. */
  readonly policy: 'bundle' | 'any-valid';
}

/** What holds where neither settings nor a caller say otherwise. */
export const STRICT: TrustRules = {
  revocation: 'hard-fail',
  maxDepth: 8,
  minimumRsaBits: 2048,
  allowSha1: false,
  policy: 'bundle',
  explicitPolicy: false,
  inhibitPolicyMapping: false,
  inhibitAnyPolicy: false,
};

/** The rules of the data holder for an address: those of its domain, then those for everybody. */
export function rulesFor(address: DirectAddress, { trust }: Pick<Settings, 'trust'>): TrustRules {
  const { domains, ...everybody } = trust;
  const { requiredPolicies, ...said } = { ...everybody, ...domains[domainOf(address)] };
  const demands = requiredPolicies && {
    initialPolicies: new Set(requiredPolicies),
    explicitPolicy: true,
  };
  return { ...STRICT, ...said, ...demands };
}
