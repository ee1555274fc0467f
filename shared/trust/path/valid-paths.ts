import type { Certificate } from '../certificate.ts';
import { checkContradiction } from '../checks/contradiction.ts';
import { checkPolicies } from '../checks/policies.ts';
import { checkSignature } from '../checks/signature.ts';
import { spend } from './effort.ts';
import { inOrder } from './issuers.ts';
import type { Path, ValidPath } from './path.ts';
import type { Search } from './search.ts';
import { depthOf, isSelfIssued } from './self-issued.ts';
import { faultOf, faultOfStep } from './step.ts';

/** Those that are self-issued are not counted by any other limit. */
const MAX_CERTIFICATES = 40;

/**
 * Yields every path from a certificate to an anchor that is valid under RFC 5280 section 6, the preferred ones first. A
 * certificate that is itself an anchor needs no issuer. Nothing is worked on before it is asked for.
 *
 * Why other ways were not taken is noted in `search.refusals`, and where one ended in `search.deadEnds`:
 *
 * @failure trust/bad-signature, trust/not-an-authority, trust/path-length, trust/name-constraints, trust/policy
 * @failure trust/expired, trust/not-yet-valid, trust/key-usage, trust/weak-key, trust/weak-signature, trust/unsupported
 * @failure trust/too-costly (a limit was reached; there may be a path that was not found)
 */
export function* validPaths(leaf: Certificate, search: Search): Generator<ValidPath> {
  const contradicts = search.anchors.has(leaf.fingerprint) ? undefined : checkContradiction(leaf);
  const fault = faultOf(leaf, search) ?? contradicts;
  if (fault) search.refusals.push(fault);
  else yield* climb([leaf], search);
}

function* climb(path: Path, search: Search): Generator<ValidPath> {
  if (isComplete(path, search)) {
    const policies = checkPolicies(path, search.rules, search.effort);
    if (policies.ok) yield { certificates: path, policies: policies.value };
    else search.refusals.push(policies.failure.code);
    return;
  }
  if (depthOf(path) > search.rules.maxDepth || path.length === MAX_CERTIFICATES) {
    search.refusals.push('trust/too-costly');
    return;
  }
  const last = path.at(-1)!;
  const named = search.bySubject.get(last.issuer.comparable) ?? [];
  if (!spend(search.effort, 'candidatesLeft', named.length)) {
    search.refusals.push('trust/too-costly');
    return;
  }
  let isDeadEnd = true;
  for (const issuer of inOrder(named, path, search)) {
    const fault = faultOfStep(path, issuer, search);
    if (fault) {
      search.refusals.push(fault);
      continue;
    }
    isDeadEnd = false;
    yield* climb([...path, issuer], search);
  }
  if (isDeadEnd) search.deadEnds.set(last.fingerprint, last);
}

/** At an anchor, or where the rules ask for no more at a certificate that signed itself. */
function isComplete(path: Path, { anchors, rules, effort }: Search): boolean {
  const last = path.at(-1)!;
  if (anchors.has(last.fingerprint)) return true;
  if (rules.policy !== 'any-valid' || !isSelfIssued(last)) return false;
  return checkSignature(last, last, rules, effort) === undefined;
}
