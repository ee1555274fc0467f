/** What becomes of something that may be absent: it is set, or (nothing in it) removed. */
export interface Change<T> {
  readonly to?: T;
}

/** What a caller wants to be otherwise, of the right form but not understood yet. What is absent stays as it is. */
export interface Amendment {
  /** All of them: who is not named any more is stopped. */
  readonly addresses?: readonly string[] | undefined;
  readonly frequency?: string | undefined;
  readonly schedule?: Change<AmendedSchedule> | undefined;
  readonly triggers?: Change<readonly string[]> | undefined;
  /** RFC 3339. */
  readonly until?: Change<string> | undefined;
  readonly clientReference?: Change<string> | undefined;
  readonly signatureName?: string | undefined;
  /** Whether a copy goes at once to whoever is added. */
  readonly sendNow: boolean;
}

/** A schedule, as far as it is to be another one. */
export interface AmendedSchedule {
  readonly at?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly dayOfWeek?: Change<number> | undefined;
  readonly dayOfMonth?: Change<number> | undefined;
}
