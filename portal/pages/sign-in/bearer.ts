/** Whom an access token stands for, as it says itself: only the API looks whether that is true. */
export interface Bearer {
  readonly subject: string | undefined;
  /** The data holder's ids of the patients whom it is about. */
  readonly patients: readonly string[];
}

/**
 * @param told SMART's `patient` beside the token, which counts before the claim in it
 * @param claim the name of the claim that says for whom the token is: docs/callers.md
 */
export function bearerOf(access: string, told: unknown, claim = 'patient'): Bearer {
  const claims = claimsIn(access);
  const beside = wordsIn(told);
  const { sub } = claims;
  return {
    subject: typeof sub === 'string' ? sub : undefined,
    patients: beside.length > 0 ? beside : wordsIn(claims[claim]),
  };
}

/** One text with blanks between its words, or a list. */
function wordsIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = typeof value === 'string' ? value.split(' ') : [value].flat();
  const words = list.filter((each) => typeof each === 'string');
  return [...new Set(words.map((each) => each.trim()).filter((each) => each !== ''))];
}

/** Nothing, for a token that is no JWT. */
function claimsIn(access: string): Readonly<Record<string, unknown>> {
  try {
    const [, payload = ''] = access.split('.');
    const bytes = Uint8Array.from(
      atob(payload.replaceAll('-', '+').replaceAll('_', '/')),
      (sign) => sign.codePointAt(0) ?? 0,
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
