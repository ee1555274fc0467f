import type { FailureCode } from '../../failures.ts';
import type { Language } from '../../language.ts';
import type { Outcome } from '../../outcome.ts';
import type { Principal } from '../identity/principal.ts';

/** A call of a public route, as far as an action may look at it. */
export interface PublicCall {
  /** What stands in the braces of the path, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Decoded; one that is repeated is joined by commas. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** In which sentences are wanted. */
  readonly language: Language;
  /** As it was sent; empty when there was none. */
  readonly body: Uint8Array;
}

/** A call whose principal has been let through: by scope, by kind, and for the patient in the path. */
export interface Call extends PublicCall {
  readonly principal: Principal;
}

/** A call of a route that wants an Idempotency-Key. */
export interface KeyedCall extends Call {
  /** As the caller chose it: ids are computed from it, and from who he is. */
  readonly idempotencyKey: string;
  /** The same was asked before, and was carried out: now only the answer is wanted. */
  readonly isRepeat: boolean;
}

export interface Answer {
  readonly status: number;
  /** What a first call left, shown again. */
  readonly replayed?: boolean;
  /** Goes out as JSON. Absent: no content. */
  readonly body?: object;
  /** Goes out as it is, instead of JSON. */
  readonly content?: { readonly type: string; readonly bytes: Uint8Array };
  /** A refusal that is no problem document: the log has its code all the same. */
  readonly refused?: FailureCode;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the sentences in the body; absent: it has none. */
  readonly language?: Language;
}

export type Action<C extends PublicCall = Call> = (call: C) => Promise<Outcome<Answer>>;
