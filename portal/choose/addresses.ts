import { useState } from 'preact/hooks';
import { readAddress } from '../address/read.ts';
import { useSession } from '../element/session.ts';
import { useKnown } from './known.ts';
import { ONE_FIELD, type TypedAddresses } from './typed-addresses.ts';
import { type Verdict, verdictsOf } from './verdict.ts';

/** The address fields of a screen, for `AddressFields` and for what sends to them. */
export interface Addresses {
  readonly value: TypedAddresses;
  readonly onChange: (change: (value: TypedAddresses) => TypedAddresses) => void;
  /** Of each field, in their order. */
  readonly verdicts: readonly Verdict[];
  /** Those that are, or may yet turn out, good. */
  readonly addresses: readonly string[];
}

/** @param named of a request that is there: nobody asks whether these can be reached */
export function useAddresses(
  start: TypedAddresses = ONE_FIELD,
  named: readonly string[] = [],
): Addresses {
  const { words } = useSession();
  const [value, onChange] = useState(start);
  const reads = value.lines.map(readAddress);
  const known = useKnown(
    reads.flatMap((each) => (each.ok ? each.address : [])),
    named,
  );
  const verdicts = verdictsOf(reads, known, words.choose);
  return { value, onChange, verdicts, addresses: verdicts.flatMap(({ address = [] }) => address) };
}
