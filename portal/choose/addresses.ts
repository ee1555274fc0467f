import { useState } from 'preact/hooks';
import { readAddress } from '../address/read.ts';
import type { Problem } from '../api/problem.ts';
import { useSession } from '../element/session.ts';
import { useKnown } from './known.ts';
import { isEmpty, ONE_FIELD, type TypedAddresses } from './typed-addresses.ts';
import { type Known, type Verdict, verdictsOf } from './verdict.ts';

/** The address fields of a screen, for `AddressFields` and for what sends to them. */
export interface Addresses {
  readonly value: TypedAddresses;
  readonly onChange: (change: (value: TypedAddresses) => TypedAddresses) => void;
  /** Of each field, in their order. */
  readonly verdicts: readonly Verdict[];
  /** Those that are, or may yet turn out, good. */
  readonly addresses: readonly string[];
  /** Says at their fields what the API has against some of `addresses`. @returns whether it points at any */
  readonly refuse: (problem: Problem) => boolean;
}

/** @param named of a request that is there: nobody asks whether these can be reached */
export function useAddresses(
  start: TypedAddresses = ONE_FIELD,
  named: readonly string[] = [],
): Addresses {
  const { words } = useSession();
  const [value, onChange] = useState(start);
  const typed = value.lines.map((line) => line.typed);
  const read = typed.map(readAddress).flatMap((each) => (each.ok ? [each.address] : []));
  const isTyping = value.lines.some((line) => !line.isLeft && !isEmpty(line));
  const fine = knownAs(named);
  const [known, put] = useKnown(
    read.filter((each) => !fine[each]),
    isTyping,
  );
  const verdicts = verdictsOf(typed, { ...fine, ...known }, words.choose);
  const addresses = verdicts.flatMap((each) => ('address' in each ? [each.address] : []));
  const refuse = (problem: Problem): boolean => {
    const refused = addresses.filter((_, at) => problem.pointers?.includes(`/addresses/${at}`));
    put(refused, { ok: false, problem: { ...problem, canTryAgain: false } });
    return refused.length > 0;
  };
  return { value, onChange, verdicts, addresses, refuse };
}

const knownAs = (addresses: readonly string[]): Known =>
  Object.fromEntries(
    addresses.map((address) => [
      address,
      { ok: true, body: { address, reachability: 'unknown', sentence: '' } },
    ]),
  );
