import { done, fail, type Outcome } from '../../outcome.ts';
import type { Certificate } from '../certificate.ts';
import { ANY_POLICY } from '../extensions/certificate-policies.ts';
import { spend, type Effort } from '../path/effort.ts';
import type { Path } from '../path/path.ts';
import {
  authorityPolicies,
  FIRST_LEVEL,
  mapLevel,
  nextLevel,
  NO_LEVEL,
  type PolicyLevel,
} from '../path/policy-graph.ts';
import { isSelfIssued } from '../path/self-issued.ts';
import type { PolicyDemands } from '../rules.ts';

/** Certificates after which something begins to hold; it holds when they are 0. */
interface Counters {
  readonly explicit: number;
  readonly mapping: number;
  readonly anyPolicy: number;
}

/**
 * Whether the path was issued under a policy that is demanded, by the relying party or by an authority on it.
 *
 * What an anchor restricts (policyConstraints, inhibitAnyPolicy) holds from the first certificate below it; which
 * policies it names does not matter. A leaf that is itself the anchor is looked at as if somebody had issued it.
 *
 * @returns OIDs of the user-constrained policy set, in the words of the anchor: of the initial set those under which the
 *   whole path was issued; when any will do all of them, any-policy itself included if every certificate names it
 * @failure trust/policy, trust/too-costly
 * @see RFC 5280 sections 6.1.2 to 6.1.5
 * @see RFC 5937 section 3.2
 */
export function checkPolicies(
  path: Path,
  demands: PolicyDemands,
  effort: Effort,
): Outcome<readonly string[]> {
  const anchor = path.at(-1)!;
  const below = path.length === 1 ? path : path.slice(0, -1);
  const leaf = path[0];
  let counters = narrowed(initialCounters(demands, below.length), anchor);
  let level = FIRST_LEVEL;
  for (const certificate of below.toReversed()) {
    if (!spend(effort, 'policiesLeft', costOf(level, certificate))) return fail('trust/too-costly');
    level = levelAt(certificate, certificate === leaf, level, counters);
    if (counters.explicit === 0 && level.size === 0) return fail('trust/policy');
    if (certificate === leaf) break;
    const { policyMappings = [] } = certificate;
    if (policyMappings.some(namesAnyPolicy)) return fail('trust/policy');
    level = mapLevel(level, policyMappings, counters.mapping > 0);
    counters = narrowed(isSelfIssued(certificate) ? counters : counted(counters), certificate);
  }
  const policies = wanted(authorityPolicies(level), demands);
  const isExplicit = counters.explicit <= 1 || leaf.policyConstraints?.requireExplicit === 0;
  return isExplicit && policies.length === 0 ? fail('trust/policy') : done(policies);
}

const initialCounters = (demands: PolicyDemands, certificates: number): Counters => ({
  explicit: demands.explicitPolicy ? 0 : certificates + 1,
  mapping: demands.inhibitPolicyMapping ? 0 : certificates + 1,
  anyPolicy: demands.inhibitAnyPolicy ? 0 : certificates + 1,
});

const costOf = (level: PolicyLevel, { policies = [], policyMappings = [] }: Certificate): number =>
  level.size + policies.length + policyMappings.length;

/** An authority that issues to itself may name any-policy even where it is inhibited. */
function levelAt(
  certificate: Certificate,
  isLeaf: boolean,
  above: PolicyLevel,
  { anyPolicy }: Counters,
): PolicyLevel {
  const anyPolicyCounts = anyPolicy > 0 || (!isLeaf && isSelfIssued(certificate));
  return certificate.policies ? nextLevel(above, certificate.policies, anyPolicyCounts) : NO_LEVEL;
}

const namesAnyPolicy = (mapping: { issuerDomain: string; subjectDomain: string }): boolean =>
  mapping.issuerDomain === ANY_POLICY || mapping.subjectDomain === ANY_POLICY;

const counted = ({ explicit, mapping, anyPolicy }: Counters): Counters => ({
  explicit: Math.max(0, explicit - 1),
  mapping: Math.max(0, mapping - 1),
  anyPolicy: Math.max(0, anyPolicy - 1),
});

const narrowed = (
  counters: Counters,
  { policyConstraints = {}, inhibitAnyPolicy = Infinity }: Certificate,
): Counters => ({
  explicit: Math.min(counters.explicit, policyConstraints.requireExplicit ?? Infinity),
  mapping: Math.min(counters.mapping, policyConstraints.inhibitMapping ?? Infinity),
  anyPolicy: Math.min(counters.anyPolicy, inhibitAnyPolicy),
});

function wanted(
  policies: ReadonlySet<string>,
  { initialPolicies }: PolicyDemands,
): readonly string[] {
  if (!initialPolicies || initialPolicies.has(ANY_POLICY)) return [...policies];
  return policies.has(ANY_POLICY)
    ? [...initialPolicies]
    : [...initialPolicies].filter((policy) => policies.has(policy));
}
