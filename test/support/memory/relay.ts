import type { Envelope, Form, Receipt, Relay } from '../../../shared/deliver/relay.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';

export type RelayBehaviour =
  | 'takes'
  | 'refuses'
  | 'defers'
  | 'is-unreachable'
  | 'rejects-credentials'
  /** It has the message, and its answer is lost. */
  | 'takes-without-answer'
  /** It has the message, and the worker that handed it over dies before it can write anything down. */
  | 'dies-after-taking';

export interface MemoryRelay extends Relay {
  /** What it has, in the order of arrival. */
  readonly taken: readonly Envelope[];
  /** From now on. */
  form: Form;
  endpoint?: string;
  /** From now on. */
  maxMessageBytes: number;
  /** From now on. */
  behave(behaviour: RelayBehaviour): void;
}

const TAKES: readonly RelayBehaviour[] = ['takes', 'takes-without-answer', 'dies-after-taking'];

const REFUSALS = {
  refuses: 'deliver/refused',
  defers: 'deliver/deferred',
  'is-unreachable': 'deliver/unreachable',
  'rejects-credentials': 'deliver/not-authorized',
  'takes-without-answer': 'deliver/unanswered',
} as const;

/** A relay in memory, for flows that need to see what was handed over. */
export function memoryRelay(first: RelayBehaviour = 'takes'): MemoryRelay {
  const taken: Envelope[] = [];
  let behaviour = first;

  const submit = async (envelope: Envelope): Promise<Outcome<Receipt>> => {
    if (TAKES.includes(behaviour)) {
      taken.push({ ...envelope, bytes: Uint8Array.from(envelope.bytes) });
    }
    if (behaviour === 'dies-after-taking') throw new Error('The worker died');
    if (behaviour !== 'takes') return fail(REFUSALS[behaviour]);
    return done({ receipt: `250 2.0.0 Ok: kept as ${taken.length}` });
  };

  return {
    form: 'sealed',
    maxMessageBytes: Infinity,
    taken,
    submit,
    behave: (next) => {
      behaviour = next;
    },
  };
}
