import { addressKeyOf, type TransmissionId } from '../../../ids.ts';
import { isLeaving } from '../../../status/status.ts';
import { factSource, type Fact, type FactBody } from '../../../transmission/facts.ts';
import type { Addition } from '../../../transmission/ledger.ts';
import type { History, Lease, Transmission } from '../../../transmission/transmission.ts';
import { agingAttributes, dueAttributes, KEYS } from '../keys.ts';
import type { Write } from '../table.ts';
import { itemOf } from '../table/items.ts';
import { factItem, metaItem, type Kept, type Meta } from './history.ts';
import { lineItem } from './line.ts';

/** Where in the transaction of an addition request and address are checked, when they are, and whose copy it is. */
export const ACTIVE_CHECKS: readonly number[] = [1, 2];

export interface Planned {
  /** One transaction; none when the addition adds nothing. */
  readonly writes: readonly Write[];
  /** What is known once they are written. */
  readonly history: History;
}

/** Works out what an addition writes. The condition on `version` makes the whole of it hang on what was read. */
export function planAddition({ history, meta }: Kept, addition: Addition, now: Date): Planned {
  const { transmission } = history;
  const added = newFacts(history.facts, addition.facts, now);
  const facts = [...history.facts, ...added];
  const lease = addition.lease === 'released' ? undefined : (addition.lease ?? history.lease);
  const after: History = { transmission, facts, ...(lease && { lease }) };
  if (added.length === 0 && !touchesMore(addition)) return { writes: [], history };

  const writes: Write[] = [
    {
      put: metaItem(metaAfter(meta, facts, lease, addition)),
      when: [{ equals: [['version'], meta.version] }],
    },
    ...(addition.whileActive ? [activeCheck(transmission, now), patientCheck(transmission)] : []),
    ...added.map((fact): Write => ({
      put: factItem(transmission.id, fact),
      when: [{ absent: true }],
    })),
    ...(added.length > 0 ? [{ put: lineItem(transmission, facts) }] : []),
    ...(addition.knownAs ?? []).map((name): Write => ({
      put: itemOf(KEYS.message(name), 'message', { transmissionId: transmission.id }),
    })),
    ...leavingWrites(transmission, isLeaving(history.facts), isLeaving(facts)),
  ];
  return { writes, history: after };
}

/**
 * What may be leaving has an item of its own beside the patient, so that a revocation finds all of it at once: a list
 * of lines is cut off somewhere, and the oldest of them may be the one that is leaving.
 */
function leavingWrites(
  { id, patientKey, requestId, clientReference, address }: Transmission,
  before: boolean,
  after: boolean,
): readonly Write[] {
  if (before === after) return [];
  const key = KEYS.leaving(patientKey, id);
  const copy = {
    transmissionId: id,
    requestId,
    ...(clientReference !== undefined && { clientReference }),
    address,
  };
  return [after ? { put: itemOf(key, 'leaving', copy) } : { remove: key }];
}

const touchesMore = ({ lease, dueAt, knownAs, whileActive }: Addition): boolean =>
  lease !== undefined || dueAt !== undefined || knownAs !== undefined || whileActive === true;

/** Those that are not there yet, each once, numbered on from the last one that is. */
function newFacts(
  present: readonly Fact[],
  offered: readonly FactBody[],
  now: Date,
): readonly Fact[] {
  const seen = new Set(present.map(identityOf));
  const added: Fact[] = [];
  for (const fact of offered) {
    if (seen.has(identityOf(fact))) continue;
    seen.add(identityOf(fact));
    const sequence = present.length + added.length + 1;
    added.push({ ...fact, sequence, at: now.toISOString() });
  }
  return added;
}

const identityOf = (fact: FactBody): string => `${fact.kind}#${factSource(fact)}`;

function metaAfter(
  before: Meta,
  facts: readonly Fact[],
  lease: Lease | undefined,
  { dueAt: next, knownAs = [] }: Addition,
): Meta {
  const { transmission, version } = before;
  const names = [...new Set([...(before.names ?? []), ...knownAs])];
  return {
    transmission,
    version: version + 1,
    sequence: facts.length,
    ...(lease && { lease }),
    ...dueAfter(before, next, facts),
    ...(names.length > 0 && { names }),
  };
}

function dueAfter(
  { transmission, duePk, dueAt }: Meta,
  next: Addition['dueAt'],
  facts: readonly Fact[],
): DueAttributes {
  if (next === 'never' && !duePk?.startsWith('AGE-'))
    return endedAttributes(transmission.id, facts);
  if (next !== undefined && next !== 'never') return dueAttributes(transmission.id, next);
  return duePk !== undefined && dueAt !== undefined ? { duePk, dueAt } : {};
}

/** From its end on the bytes of its messages age, and later all of it. */
export function endedAttributes(id: TransmissionId, facts: readonly Fact[]): DueAttributes {
  const end = facts.find(({ kind }) => kind === 'ended');
  return end ? agingAttributes('message', id, new Date(end.at)) : {};
}

type DueAttributes = Pick<Meta, 'duePk' | 'dueAt'>;

function activeCheck(transmission: Transmission, now: Date): Write {
  const { patientKey, requestId, address, addressAddedWith } = transmission;
  const place = ['body', 'addresses', addressKeyOf(address)];
  const addedWith = [...place, 'addedWith'];
  return {
    check: KEYS.request(patientKey, requestId),
    when: [
      { equals: [['body', 'status'], 'active'] },
      { equals: [[...place, 'status'], 'active'] },
      // It was not stopped and added again since: what was stopped stays so.
      addressAddedWith === undefined
        ? { without: addedWith }
        : { equals: [addedWith, addressAddedWith] },
      { absentOrAtLeast: [['body', 'until'], now.toISOString()] },
      // Unlike an end date it has passed already at the moment that it names.
      { absentOrAtLeast: [['body', 'authorityEndsAt'], new Date(now.getTime() + 1).toISOString()] },
    ],
  };
}

/** Pauses come one request after the other; this holds for all of a patient's copies at once. */
const patientCheck = ({ patientKey, plan }: Transmission): Write => ({
  check: KEYS.patient(patientKey),
  when: [
    { without: ['body', 'mergedInto'] },
    ...(plan.afterDeath ? [] : [{ without: ['body', 'death'] }]),
  ],
});
