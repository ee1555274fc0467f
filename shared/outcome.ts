import type { FailureCode } from './failures.ts';

/** Why something expected did not happen. `detail` is for operators and carries ids and numbers only. */
export interface Failure {
  readonly code: FailureCode;
  readonly detail?: string;
}

export type Refused = { readonly ok: false; readonly failure: Failure };

/** The answer of a step: a value, or a refusal with its code. Bugs and lost connections are thrown instead. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refused;

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const fail = (code: FailureCode, detail?: string): Refused => ({
  ok: false,
  failure: detail === undefined ? { code } : { code, detail },
});
