/** What a page was opened for, as its address says. */
export type Visit =
  | { readonly kind: 'fresh' }
  /** By an EHR or a portal: SMART App Launch 2, EHR launch. */
  | { readonly kind: 'launched'; readonly launch: string; readonly iss: string }
  /** By the sign-in service: RFC 6749 4.1.2. */
  | { readonly kind: 'answered'; readonly code: string; readonly state: string }
  | { readonly kind: 'refused'; readonly error: string; readonly state: string }
  | { readonly kind: 'strange' };

const LONGEST = 4096;
const NAMES = ['code', 'state', 'error', 'launch', 'iss'] as const;

type Given = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

/** What else stands in the address is not looked at; what is there twice, or is too long, is nobody's we know. */
export function visitOf(search: string): Visit {
  const all = new URLSearchParams(search);
  const given: Given = Object.fromEntries(
    NAMES.flatMap((name) => all.getAll(name).map((value) => [name, value])),
  );
  const isOdd = NAMES.some((name) => all.getAll(name).length > 1);
  return isOdd || Object.values(given).some((value) => value === '' || value.length > LONGEST)
    ? { kind: 'strange' }
    : read(given);
}

/** An answer may name the issuer too (RFC 9207), so that is looked at last. */
function read({ code, state, error, launch, iss }: Given): Visit {
  const isAnswer = code !== undefined || error !== undefined || state !== undefined;
  if (isAnswer) {
    if (state === undefined || (code === undefined) === (error === undefined)) {
      return { kind: 'strange' };
    }
    return code === undefined
      ? { kind: 'refused', error: String(error), state }
      : { kind: 'answered', code, state };
  }
  if (launch === undefined) return { kind: 'fresh' };
  return iss === undefined ? { kind: 'strange' } : { kind: 'launched', launch, iss };
}
