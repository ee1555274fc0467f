/** As many as a request may name. */
export const MOST_ADDRESSES = 10;

/** All that stands in the address fields, and what the last deed asks of the screen. */
export interface TypedAddresses {
  readonly lines: readonly string[];
  /** Which field the focus goes to; another object each time. */
  readonly goTo?: { readonly at: number };
  /** What was taken away last, to say so. */
  readonly removed?: string | undefined;
  /** It is to be sent as it stands. */
  readonly isPressed?: boolean;
}

export const ONE_FIELD: TypedAddresses = { lines: [''] };

export const typedInto = (
  at: number,
  typed: string,
  { lines }: TypedAddresses,
): TypedAddresses => ({
  lines: lines.with(at, typed),
});

export const withAnother = ({ lines }: TypedAddresses, typed = ''): TypedAddresses => ({
  lines: [...lines, typed],
  goTo: { at: lines.length },
});

/** The focus goes to the field before it, or to the first. */
export const without = (at: number, { lines }: TypedAddresses): TypedAddresses => ({
  lines: lines.toSpliced(at, 1),
  goTo: { at: Math.max(at - 1, 0) },
  removed: lines[at],
});

/** An address that was found goes where it stands already, else into an empty field, else into a new one while there may be more. */
export function withChosen(address: string, value: TypedAddresses): TypedAddresses {
  const texts = value.lines.map((typed) => typed.trim());
  const at = texts.indexOf(texts.includes(address) ? address : '');
  if (at >= 0) return { ...typedInto(at, address, value), goTo: { at } };
  return texts.length < MOST_ADDRESSES ? withAnother(value, address) : value;
}
