import {
  ANY_POLICY,
  type PolicyMapping,
} from '../../shared/trust/extensions/certificate-policies.ts';
import type { PolicyDemands } from '../../shared/trust/rules.ts';

/** What policy processing looks at in a certificate. */
export interface PolicyLink {
  readonly isSelfIssued: boolean;
  readonly policies?: readonly string[];
  readonly policyMappings?: readonly PolicyMapping[];
  readonly policyConstraints?: {
    readonly requireExplicit?: number;
    readonly inhibitMapping?: number;
  };
  readonly inhibitAnyPolicy?: number;
}

interface Node {
  readonly depth: number;
  readonly policy: string;
  expected: readonly string[];
  readonly parent: Node | undefined;
  children: Node[];
}

interface State {
  tree: Node | undefined;
  explicit: number;
  mapping: number;
  inhibitAny: number;
}

/**
 * RFC 5280 sections 6.1.2 to 6.1.5, word by word with a real tree, which grows beyond all bounds on hostile input: for
 * comparison only.
 *
 * @param links the one below the anchor first
 * @returns the user-constrained policy set, sorted; undefined when the path is refused
 */
export function policiesByTree(
  links: readonly PolicyLink[],
  demands: PolicyDemands,
): readonly string[] | undefined {
  const n = links.length;
  const tree = { depth: 0, policy: ANY_POLICY, expected: [ANY_POLICY], parent: undefined };
  const state: State = {
    tree: { ...tree, children: [] },
    explicit: demands.explicitPolicy ? 0 : n + 1,
    mapping: demands.inhibitPolicyMapping ? 0 : n + 1,
    inhibitAny: demands.inhibitAnyPolicy ? 0 : n + 1,
  };
  for (const [index, link] of links.entries()) {
    const i = index + 1;
    processPolicies(state, link, i, n);
    if (state.explicit === 0 && !state.tree) return undefined;
    if (i === n) break;
    const { policyMappings = [] } = link;
    if (policyMappings.some((each) => Object.values(each).includes(ANY_POLICY))) return undefined;
    processMappings(state, policyMappings, i);
    processConstraints(state, link);
  }
  if (state.explicit > 0) state.explicit -= 1;
  if (links.at(-1)!.policyConstraints?.requireExplicit === 0) state.explicit = 0;
  const answer = wrappedUp(state.tree, n, demands.initialPolicies);
  return state.explicit > 0 || answer.length > 0 ? answer : undefined;
}

/** Section 6.1.3 (d) and (e). */
function processPolicies(
  state: State,
  { policies, isSelfIssued }: PolicyLink,
  i: number,
  n: number,
): void {
  if (!policies || !state.tree) {
    state.tree = undefined;
    return;
  }
  const above = nodesAt(state.tree, i - 1);
  const any = above.find((node) => node.policy === ANY_POLICY);
  for (const policy of policies.filter((each) => each !== ANY_POLICY)) {
    const matching = above.filter(({ expected }) => expected.includes(policy));
    for (const node of matching) add(node, policy, [policy]);
    if (matching.length === 0 && any) add(any, policy, [policy]);
  }
  if (policies.includes(ANY_POLICY) && (state.inhibitAny > 0 || (i < n && isSelfIssued))) {
    for (const node of above) {
      const taken = node.children.map(({ policy }) => policy);
      const left = node.expected.filter((policy) => !taken.includes(policy));
      for (const policy of new Set(left)) add(node, policy, [policy]);
    }
  }
  state.tree = pruned(state.tree, i);
}

/** Section 6.1.4 (b). */
function processMappings(state: State, mappings: readonly PolicyMapping[], i: number): void {
  for (const policy of new Set(mappings.map(({ issuerDomain }) => issuerDomain))) {
    if (!state.tree) return;
    const here = nodesAt(state.tree, i);
    const mapped = here.filter((node) => node.policy === policy);
    const any = here.find((node) => node.policy === ANY_POLICY);
    const expected = mappings
      .filter(({ issuerDomain }) => issuerDomain === policy)
      .map(({ subjectDomain }) => subjectDomain);
    if (state.mapping > 0) {
      for (const node of mapped) node.expected = expected;
      if (mapped.length === 0 && any) add(any.parent!, policy, expected);
    } else {
      for (const node of mapped) remove(node);
      state.tree = pruned(state.tree, i);
    }
  }
}

/** Section 6.1.4 (h), (i) and (j). */
function processConstraints(state: State, link: PolicyLink): void {
  const step = link.isSelfIssued ? 0 : 1;
  const { requireExplicit = Infinity, inhibitMapping = Infinity } = link.policyConstraints ?? {};
  state.explicit = Math.min(Math.max(0, state.explicit - step), requireExplicit);
  state.mapping = Math.min(Math.max(0, state.mapping - step), inhibitMapping);
  state.inhibitAny = Math.min(
    Math.max(0, state.inhibitAny - step),
    link.inhibitAnyPolicy ?? Infinity,
  );
}

/** Section 6.1.5 (g). */
function wrappedUp(
  tree: Node | undefined,
  n: number,
  initial: ReadonlySet<string> | undefined,
): readonly string[] {
  if (!tree) return [];
  const all = Array.from({ length: n + 1 }, (_, depth) => nodesAt(tree, depth)).flat();
  const valid = all.filter(({ parent }) => parent?.policy === ANY_POLICY);
  const isAnyAtEnd = nodesAt(tree, n).some(({ policy }) => policy === ANY_POLICY);
  if (!initial) {
    const named = valid.map(({ policy }) => policy).filter((policy) => policy !== ANY_POLICY);
    return sorted(isAnyAtEnd ? [...named, ANY_POLICY] : named);
  }
  for (const node of valid) {
    if (node.policy !== ANY_POLICY && !initial.has(node.policy)) remove(node);
  }
  const left = valid.map(({ policy }) => policy).filter((policy) => initial.has(policy));
  return sorted(isAnyAtEnd ? [...initial] : left);
}

const sorted = (policies: readonly string[]): readonly string[] => [...new Set(policies)].sort();

function add(parent: Node, policy: string, expected: readonly string[]): void {
  parent.children.push({ depth: parent.depth + 1, policy, expected, parent, children: [] });
}

function remove(node: Node): void {
  const { parent } = node;
  if (parent) parent.children = parent.children.filter((each) => each !== node);
}

const nodesAt = (node: Node, depth: number): readonly Node[] =>
  node.depth === depth ? [node] : node.children.flatMap((child) => nodesAt(child, depth));

/** Without the nodes above `depth` that have no children any more; undefined when nothing is left. */
function pruned(node: Node, depth: number): Node | undefined {
  if (node.depth === depth) return node;
  node.children = node.children.filter((child) => pruned(child, depth));
  return node.children.length > 0 ? node : undefined;
}
