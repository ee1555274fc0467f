import { factSource, type Fact } from './facts.ts';

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
  /** The attempts whose hand-over was begun and of which it is not known that they did not leave, in their order. */
  readonly begun: readonly number[];
  /** That hand-over was declared uncertain. */
  readonly uncertain?: Of<'uncertain'>;
  /** When the copy left, as far as is known, or an operator said that it had: the deadlines count from here. */
  readonly handedOverAt?: Date;
  /**
   * It was handed over to somebody else's HISP, which answers for the rest of the way. Not so when the way was changed and
   * an attempt of which it is not known that it did not leave went without one: then the recipient is asked, as always.
   */
  readonly isWithHisp: boolean;
  readonly confirmed?: Of<'confirmed'>;
  readonly processed?: Of<'processed'>;
  /** With the X-DIRECT field only: without it, the notice says nothing of the mailbox. */
  readonly dispatched?: Of<'dispatched'>;
  /** With the time of the next attempt as it is now: an operator's word may have put it forward. */
  readonly lastDeferred?: Of<'deferred'>;
  /** How many attempts were put off. */
  readonly deferrals: number;
  /** The probe that went before it has arrived. */
  readonly reached?: Of<'reached'>;
  /** It waits because sending was stopped; whether that is over, the sender finds out. */
  readonly halted?: Of<'halted'>;
  /** When an operator last said that an attempt had not left, the probe arrived or sending went on: the time for attempts begins anew. */
  readonly beganAnewAt?: Date;
}

/** @param facts in any order, with any repeats */
export function progressOf(facts: readonly Fact[]): Progress {
  const ordered = eachOnce([...facts].sort((one, other) => one.sequence - other.sequence));
  const first = <K extends Fact['kind']>(kind: K): Of<K> | undefined => ordered.find(is(kind));
  const last = <K extends Fact['kind']>(kind: K): Of<K> | undefined => ordered.findLast(is(kind));

  const accepted = last('accepted');
  const confirmed = first('confirmed');
  const processed = first('processed');
  const dispatched = ordered.filter(is('dispatched')).find((fact) => fact.final);
  const resolved = ordered.filter(is('resolved'));
  const foundSent = resolved.find((fact) => fact.as === 'sent');
  const notSent = resolved.filter((fact) => fact.as === 'not-sent');
  // Whoever speaks of it has it, or has had it, also when that says nothing of the mailbox.
  const noticed = processed ?? first('dispatched') ?? first('relayed') ?? confirmed ?? foundSent;
  const deferred = ordered.filter(is('deferred'));
  const turnedAway = new Set([...deferred, ...notSent].map((fact) => fact.attempt));
  const unanswered = ordered.filter(is('intent')).filter(({ attempt }) => !turnedAway.has(attempt));
  const openIntent = (accepted ?? noticed) ? undefined : unanswered.at(-1);
  const uncertain = ordered
    .filter(is('uncertain'))
    .find((fact) => fact.attempt === openIntent?.attempt);
  const leftAt = accepted?.at ?? foundSent?.at ?? (noticed ? last('intent')?.at : undefined);

  return defined({
    end: first('ended'),
    attempts: Math.max(0, ...ordered.map((fact) => ('attempt' in fact ? fact.attempt : 0))),
    openIntent,
    begun: unanswered.map(({ attempt }) => attempt),
    uncertain,
    handedOverAt: dateOf(leftAt),
    isWithHisp: areWithHisp(unanswered.length > 0 ? unanswered : ordered.filter(is('intent'))),
    confirmed,
    processed,
    dispatched,
    lastDeferred: hastened(deferred.at(-1), last('hastened'), notSent.at(-1)),
    deferrals: deferred.length,
    reached: first('reached'),
    halted: stillHalted(last('halted'), last('continued')),
    beganAnewAt: dateOf(latestOf(notSent.at(-1), first('reached'), last('continued'))?.at),
  });
}

/** Until it is said of the same stop that sending goes on. */
const stillHalted = (halted?: Of<'halted'>, continued?: Of<'continued'>) =>
  halted?.stop === continued?.stop ? undefined : halted;

const latestOf = (...facts: readonly (Fact | undefined)[]): Fact | undefined =>
  facts.flatMap((fact) => fact ?? []).sort((one, other) => other.sequence - one.sequence)[0];

/** Of what is the same fact, the first. */
function eachOnce(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>();
  return facts.filter((fact) => {
    const identity = `${fact.kind} ${factSource(fact)}`;
    return !seen.has(identity) && seen.add(identity);
  });
}

const areWithHisp = (intents: readonly Of<'intent'>[]): boolean =>
  intents.length > 0 && intents.every(({ hisp }) => hisp !== undefined);

const dateOf = (at: string | undefined): Date | undefined =>
  at === undefined ? undefined : new Date(at);

/** The wait after an attempt counts no more once an operator has spoken. */
function hastened(
  deferred: Of<'deferred'> | undefined,
  ...words: readonly (Fact | undefined)[]
): Of<'deferred'> | undefined {
  const word = words.find((each) => deferred && each && each.sequence > deferred.sequence);
  return deferred && word ? { ...deferred, nextAttemptAt: word.at } : deferred;
}

const is =
  <Kind extends Fact['kind']>(kind: Kind) =>
  (fact: Fact): fact is Of<Kind> =>
    fact.kind === kind;

/** Leaves out what is undefined, so that the result has optional fields only where there is something. */
const defined = (fields: { readonly [K in keyof Progress]?: Progress[K] | undefined }): Progress =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as Progress;
