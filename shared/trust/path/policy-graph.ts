import { ANY_POLICY, type PolicyMapping } from '../extensions/certificate-policies.ts';

/**
 * One policy at one certificate of the path. RFC 5280 keeps a tree, in which it would stand once for each way that leads
 * to it; with all ways in one node the costs do not multiply, and the answer is the same.
 */
interface PolicyNode {
  readonly policy: string;
  /** At the certificate above: either any-policy alone, or others. */
  readonly parents: readonly PolicyNode[];
  /** What the next certificate may call it. */
  readonly expected: readonly string[];
}

/** The policies at one certificate, by OID. Empty when there is none under which the path can be used. */
export type PolicyLevel = ReadonlyMap<string, PolicyNode>;

const levelOf = (nodes: readonly PolicyNode[]): PolicyLevel =>
  new Map(nodes.map((node) => [node.policy, node]));

const nodeOf = (policy: string, parents: readonly PolicyNode[]): PolicyNode => ({
  policy,
  parents,
  expected: [policy],
});

/** Before the first certificate. @see RFC 5280 section 6.1.2 (a) */
export const FIRST_LEVEL: PolicyLevel = levelOf([nodeOf(ANY_POLICY, [])]);

export const NO_LEVEL: PolicyLevel = levelOf([]);

/**
 * The policies of a certificate that the one above leads to.
 *
 * @param anyPolicyCounts whether any-policy in this certificate stands for all that the one above expects
 * @see RFC 5280 section 6.1.3 (d)
 */
export function nextLevel(
  level: PolicyLevel,
  policies: readonly string[],
  anyPolicyCounts: boolean,
): PolicyLevel {
  const expecting = expectingNodes(level);
  const any = level.get(ANY_POLICY);
  const next = new Map<string, PolicyNode>();
  for (const policy of policies) {
    const parents = expecting.get(policy) ?? (any ? [any] : []);
    if (policy !== ANY_POLICY && parents.length > 0) next.set(policy, nodeOf(policy, parents));
  }
  if (!anyPolicyCounts || !policies.includes(ANY_POLICY)) return next;
  for (const [policy, parents] of expecting) {
    if (!next.has(policy)) next.set(policy, nodeOf(policy, parents));
  }
  return next;
}

function expectingNodes(level: PolicyLevel): ReadonlyMap<string, readonly PolicyNode[]> {
  const expecting = new Map<string, PolicyNode[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const nodes = expecting.get(policy);
      if (nodes) nodes.push(node);
      else expecting.set(policy, [node]);
    }
  }
  return expecting;
}

/**
 * The same policies under the names by which the certificates below know them.
 *
 * @param isAllowed else those that are mapped end here
 * @see RFC 5280 section 6.1.4 (b)
 */
export function mapLevel(
  level: PolicyLevel,
  mappings: readonly PolicyMapping[],
  isAllowed: boolean,
): PolicyLevel {
  const mapped = new Map(level);
  const any = level.get(ANY_POLICY);
  for (const [policy, said] of Map.groupBy(mappings, ({ issuerDomain }) => issuerDomain)) {
    const node = level.get(policy) ?? (any && nodeOf(policy, any.parents));
    const expected = [...new Set(said.map(({ subjectDomain }) => subjectDomain))];
    if (!isAllowed) mapped.delete(policy);
    else if (node) mapped.set(policy, { ...node, expected });
  }
  return mapped;
}

/**
 * The policies, in the words of the anchor, to which the last certificate leads back. Any-policy is among them when every
 * certificate names it.
 */
export function authorityPolicies(level: PolicyLevel): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<PolicyNode>(level.values());
  // A Set is walked in the order of insertion, those that are added on the way included.
  for (const { policy, parents } of seen) {
    const isTop = parents.some((parent) => parent.policy === ANY_POLICY);
    if (isTop) found.add(policy);
    else for (const parent of parents) seen.add(parent);
  }
  return found;
}
