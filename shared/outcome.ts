import type { FailureCode } from './failures.ts';

/** Where in what the caller sent a refusal lies: an RFC 6901 pointer and what is wrong there, never what stands there. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
}

/** Why something expected did not happen. `detail` is for operators and carries ids and numbers only. */
export interface Failure {
  readonly code: FailureCode;
  readonly detail?: string;
  readonly faults?: readonly Fault[];
}

export type Refused = { readonly ok: false; readonly failure: Failure };

/** The answer of a step: a value, or a refusal with its code. Bugs and lost connections are thrown instead. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refused;

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const fail = (code: FailureCode, detail?: string): Refused => ({
  ok: false,
  failure: detail === undefined ? { code } : { code, detail },
});

/** A refusal that points at the places in the caller's input that caused it. */
export const failAt = (code: FailureCode, faults: readonly Fault[]): Refused => ({
  ok: false,
  failure: { code, faults },
});
