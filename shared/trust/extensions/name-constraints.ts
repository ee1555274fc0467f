import { childrenOf, NotDer, readDer, type Der } from '../der.ts';
import { readGeneralName, type GeneralName } from '../general-name.ts';

/** All names below and including one. */
export interface Subtree {
  readonly base: GeneralName;
  /** Whether it leaves out names near to its base or far from it, which nobody may write and nobody evaluates. */
  readonly isCut: boolean;
}

/** For which names an authority may vouch, and for which it may not. */
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

const PERMITTED = 0xa0;
const EXCLUDED = 0xa1;

/**
 * Reads the value of nameConstraints.
 *
 * @see RFC 5280 section 4.2.1.10
 */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const parts = childrenOf(readDer(value));
  const take = (tag: number): readonly Subtree[] => {
    const list = parts[0]?.tag === tag ? childrenOf(parts.shift()!, tag) : undefined;
    if (list?.length === 0) throw new NotDer('no subtree');
    return list?.map(readSubtree) ?? [];
  };
  const constraints = { permitted: take(PERMITTED), excluded: take(EXCLUDED) };
  const isEmpty = constraints.permitted.length + constraints.excluded.length === 0;
  if (parts.length > 0 || isEmpty) throw new NotDer('name constraints');
  return constraints;
}

function readSubtree(der: Der): Subtree {
  const [base, ...bounds] = childrenOf(der);
  if (!base || bounds.length > 2) throw new NotDer('subtree');
  return { base: readGeneralName(base, true), isCut: bounds.length > 0 };
}
