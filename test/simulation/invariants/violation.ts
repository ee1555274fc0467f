/** What must never come to pass, by the names under which it is counted. */
export const PROMISES = ['lost', 'silentDuplicates', 'afterRevocation', 'doubleEnds'] as const;

export type Promised = (typeof PROMISES)[number];

export interface Violation {
  readonly broken: Promised;
  readonly says: string;
}
