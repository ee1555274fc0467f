import type { Fact } from './facts.ts';

type Of<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

/** How far a transmission has come, read off its facts. */
export interface Progress {
  /** The first end by sequence. */
  readonly end?: Of<'ended'>;
  /** The highest attempt that left a trace. */
  readonly attempts: number;
  /**
   * The latest hand-over that was begun and of which neither the relay's yes nor its no is on record. A yes, a notice or
   * an operator's word settles all earlier ones; a no settles its own attempt only.
   */
  readonly openIntent?: Of<'intent'>;
  /** How many hand-overs were begun that the relay did not turn away. */
  readonly copies: number;
  /** That hand-over was declared uncertain. */
  readonly uncertain?: Of<'uncertain'>;
  /** When the copy left, as far as is known: the deadlines count from here. */
  readonly handedOverAt?: Date;
  readonly processed?: Of<'processed'>;
  /** With the X-DIRECT field only: without it, the notice says nothing of the mailbox. */
  readonly dispatched?: Of<'dispatched'>;
  /** Unless an operator wants the next attempt now. */
  readonly lastDeferred?: Of<'deferred'>;
}

/** @param facts in any order, with any repeats */
export function progressOf(facts: readonly Fact[]): Progress {
  const ordered = [...facts].sort((one, other) => one.sequence - other.sequence);
  const first = <K extends Fact['kind']>(kind: K): Of<K> | undefined => ordered.find(is(kind));
  const last = <K extends Fact['kind']>(kind: K): Of<K> | undefined => ordered.findLast(is(kind));

  const accepted = last('accepted');
  const processed = first('processed');
  const dispatched = ordered.filter(is('dispatched')).find((fact) => fact.final);
  const resolved = ordered.filter(is('resolved'));
  const noticed =
    processed ??
    dispatched ??
    ordered.filter(is('relayed')).find(({ what }) => what !== 'delayed') ??
    resolved.find((fact) => fact.as === 'sent');
  const notSent = resolved.filter((fact) => fact.as === 'not-sent');
  const turnedAway = new Set(
    [...ordered.filter(is('deferred')), ...notSent].map((fact) => fact.attempt),
  );
  const unanswered = ordered.filter(is('intent')).filter(({ attempt }) => !turnedAway.has(attempt));
  const openIntent = (accepted ?? noticed) ? undefined : unanswered.at(-1);
  const uncertain = ordered
    .filter(is('uncertain'))
    .find((fact) => fact.attempt === openIntent?.attempt);
  const handedOverAt = accepted?.at ?? (noticed ? last('intent')?.at : undefined);

  return defined({
    end: first('ended'),
    attempts: Math.max(0, ...ordered.map((fact) => ('attempt' in fact ? fact.attempt : 0))),
    openIntent,
    copies: unanswered.length,
    uncertain,
    handedOverAt: handedOverAt === undefined ? undefined : new Date(handedOverAt),
    processed,
    dispatched,
    lastDeferred: hastened(last('deferred'), last('hastened')),
  });
}

/** The wait after an attempt counts no more once it was hastened. */
const hastened = (
  deferred: Of<'deferred'> | undefined,
  word: Of<'hastened'> | undefined,
): Of<'deferred'> | undefined =>
  deferred && word && word.attempt >= deferred.attempt
    ? { ...deferred, nextAttemptAt: word.at }
    : deferred;

const is =
  <Kind extends Fact['kind']>(kind: Kind) =>
  (fact: Fact): fact is Of<Kind> =>
    fact.kind === kind;

/** Leaves out what is undefined, so that the result has optional fields only where there is something. */
const defined = (fields: { [K in keyof Progress]-?: Progress[K] | undefined }): Progress =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as Progress;
