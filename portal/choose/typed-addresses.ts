/** As many as a request may name. */
export const MOST_ADDRESSES = 10;

/** One field, and whether whoever types there has gone on since. */
export interface AddressLine {
  readonly id: number;
  readonly typed: string;
  readonly isLeft: boolean;
}

/** All that stands in the address fields, and what the last deed asks of the screen. */
export interface TypedAddresses {
  readonly lines: readonly AddressLine[];
  /** Which field the focus goes to; another object each time. */
  readonly goTo?: { readonly at: number };
  /** What was taken away last, to say so. */
  readonly removed?: string;
}

const line = (id: number, typed = ''): AddressLine => ({ id, typed, isLeft: typed !== '' });

export const ONE_FIELD: TypedAddresses = { lines: [line(1)] };

export const typedInto = (
  id: number,
  typed: string,
  { lines }: TypedAddresses,
): TypedAddresses => ({
  lines: lines.map((each) => (each.id === id ? { id, typed, isLeft: false } : each)),
});

/** An empty field that somebody only passes by is not complained of. */
export const left = (id: number, value: TypedAddresses): TypedAddresses => ({
  ...value,
  lines: value.lines.map((each) =>
    each.id === id && !isEmpty(each) ? { ...each, isLeft: true } : each,
  ),
});

export const allLeft = (value: TypedAddresses): TypedAddresses => ({
  ...value,
  lines: value.lines.map((each) => ({ ...each, isLeft: true })),
});

export const withAnother = ({ lines }: TypedAddresses, typed = ''): TypedAddresses => ({
  lines: [...lines, line(Math.max(...lines.map(({ id }) => id)) + 1, typed)],
  goTo: { at: lines.length },
});

/** The focus goes to the field before it, or to the first. */
export const without = (id: number, { lines }: TypedAddresses): TypedAddresses => {
  const at = lines.findIndex((each) => each.id === id);
  return {
    lines: lines.filter((each) => each.id !== id),
    goTo: { at: Math.max(at - 1, 0) },
    removed: lines[at]?.typed ?? '',
  };
};

/** An address that was found goes where it stands already, else into an empty field, else into a new one while there may be more. */
export function withChosen(address: string, value: TypedAddresses): TypedAddresses {
  const { lines } = value;
  const same = lines.findIndex(({ typed }) => typed === address);
  if (same >= 0) return { lines, goTo: { at: same } };
  const at = lines.findIndex(isEmpty);
  if (at < 0) return lines.length < MOST_ADDRESSES ? withAnother(value, address) : value;
  return {
    lines: lines.map((each, place) => (place === at ? line(each.id, address) : each)),
    goTo: { at },
  };
}

export const isEmpty = ({ typed }: AddressLine): boolean => typed.trim() === '';
