import type { SeenCopy, SeenFact, Witness } from '../world/witness.ts';
import { copiesOf, factsById, UNANNOUNCED } from './copies-of.ts';
import { batchesOf } from './triggered.ts';
import type { Violation } from './violation.ts';

/**
 * No copy leaves before its probe has arrived, nor before its intent is on record, and none leaves twice unless it was uncertain in between; then it is
 * the same message, byte for byte.
 */
export function duplicates(witness: Witness): readonly Violation[] {
  const facts = factsById(witness);
  const left = [...copiesOf(witness)].flatMap(([id, copies]) =>
    id === UNANNOUNCED
      ? copies.map(() => broken('a copy left that no intent names'))
      : [...early(id, copies, facts.get(id) ?? []), ...silent(id, copies, facts.get(id) ?? [])],
  );
  return [...left, ...unproved(witness), ...servedTwice(witness), ...moreThanOnce(witness)];
}

/** What waits for a probe leaves when it is on record that the probe arrived. */
const unproved = (witness: Witness): readonly Violation[] =>
  [...copiesOf(witness)].flatMap(([id, [first]]) => {
    const after = witness.transmissions.get(id)?.after;
    if (after === undefined || first === undefined) return [];
    const arrived = witness.facts.find(
      (seen) => seen.id === after && seen.fact.kind === 'ended' && seen.fact.end === 'delivered',
    );
    return arrived && arrived.order < first.order
      ? []
      : [broken(`${id}: it left before its probe had arrived`)];
  });

/** One reason to send is one batch of a request: of two, the recipient gets the same record twice. */
const servedTwice = (witness: Witness): readonly Violation[] =>
  witness.triggers.flatMap(({ trigger }) =>
    [...witness.requests.keys()]
      .filter((request) => batchesOf(witness, trigger.id, request).size > 1)
      .map((request) => broken(`${trigger.id}: it is in two batches of ${request}`)),
  );

function early(
  id: string,
  copies: readonly SeenCopy[],
  facts: readonly SeenFact[],
): readonly Violation[] {
  const intents = facts.filter(({ fact }) => fact.kind === 'intent');
  return copies
    .filter((copy, at) => intents.filter(({ order }) => order < copy.order).length <= at)
    .map(() => broken(`${id}: a copy left before its intent was on record`));
}

function silent(
  id: string,
  copies: readonly SeenCopy[],
  facts: readonly SeenFact[],
): readonly Violation[] {
  return copies.slice(1).flatMap((copy, at) => {
    const before = copies[at]!;
    const isDeclared = facts.some(
      ({ order, fact }) => fact.kind === 'uncertain' && before.order < order && order < copy.order,
    );
    const isSame = copy.sha256 === before.sha256;
    return [
      ...(isDeclared ? [] : [broken(`${id}: it left twice and was never uncertain in between`)]),
      ...(isSame ? [] : [broken(`${id}: it left twice, as two messages`)]),
    ];
  });
}

/** Who asked for one copy gets one. */
const moreThanOnce = ({ requests, transmissions }: Witness): readonly Violation[] =>
  [...requests.values()]
    .filter(({ frequency }) => frequency === 'once')
    .filter(({ id }) => {
      const copies = [...transmissions.values()].filter(({ requestId }) => requestId === id);
      return new Set(copies.map(({ batchId }) => batchId)).size > 1;
    })
    .map(({ id }) => broken(`${id}: it asked for one copy, and was served twice`));

const broken = (says: string): Violation => ({ broken: 'silentDuplicates', says });
