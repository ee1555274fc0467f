import type { Actor } from '../../consent/consent.ts';
import type { PatientKey } from '../../ids.ts';
import { done, fail } from '../../outcome.ts';
import type { Milestone } from '../../transmit-request/milestone.ts';
import { closedAt } from '../../transmit-request/running.ts';
import { dueOfRequest } from '../../transmit-request/standing/plans.ts';
import { milestonesBetween } from '../../transmit-request/standing/milestones.ts';
import type { TransmitRequestStore } from '../../transmit-request/store.ts';
import type { TransmitRequest } from '../../transmit-request/transmit-request.ts';
import { atVersion } from './consent-head.ts';
import { agingAttributes, ALL, dueAttributes, KEYS } from './keys.ts';
import type { Item, Table, Write } from './table.ts';
import { bodyOf, itemOf, whole } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

export const transmitRequestStore = (table: Table): TransmitRequestStore => ({
  create: (request, consentVersion, hasRoom = () => true) =>
    optimistically(table, () => create(table, request, consentVersion, hasRoom)),

  async get(patient, id) {
    const item = await table.get(KEYS.request(patient, id));
    return item ? done(bodyOf(item, 'request')) : fail('transmit-request/unknown');
  },

  list: (patient) => list(table, patient),

  async standing(patient) {
    // First: what is counted is there to be listed.
    const version = await requestVersion(table, patient);
    return { requests: await list(table, patient), version };
  },

  change: (patient, id, now, decide, by) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.request(patient, id));
      if (!item) return fail('transmit-request/unknown');
      const current = bodyOf(item, 'request');
      const decided = decide(current);
      if (!decided.ok || decided.value === current) return decided;

      const { next, writes } = await changeWrites(table, current, decided.value, now, by);
      const written = await table.write(writes);
      return written.ok ? done(next) : AGAIN;
    }),
});

/** A change as it is kept, and all that is written with it: at most a milestone for each address, and four more. */
export async function changeWrites(
  table: Table,
  current: TransmitRequest,
  decided: TransmitRequest,
  now: Date,
  by?: Actor,
): Promise<{ readonly next: TransmitRequest; readonly writes: readonly Write[] }> {
  const next = { ...decided, version: current.version + 1 };
  const { patientKey } = current;
  const counted = moves(current, next)
    ? countingUp(patientKey, await requestVersion(table, patientKey))
    : [];
  const writes: readonly Write[] = [
    { put: requestItem(next), when: [{ equals: [['body', 'version'], current.version] }] },
    ...milestonesBetween(current, next, now, by).map(milestonePut),
    ...counted,
  ];
  return { next, writes };
}

async function list(table: Table, patient: PatientKey): Promise<readonly TransmitRequest[]> {
  const items = await whole(table, ALL.requests(patient));
  return items.map((item) => bodyOf(item, 'request')).sort(newestFirst);
}

/** Room is left when many are made at once: each creation counts, and hangs on the count that was read first. */
async function create(
  table: Table,
  request: TransmitRequest,
  consentVersion: number,
  hasRoom: (kept: readonly TransmitRequest[]) => boolean,
): Promise<TransmitRequest | 'consents-changed' | 'no-room' | typeof AGAIN> {
  const { patientKey, id } = request;
  const version = await requestVersion(table, patientKey);
  const there = await list(table, patientKey);
  const kept = there.find((each) => each.id === id);
  if (kept) return kept;
  if (!hasRoom(there)) return 'no-room';
  const written = await table.write([
    { put: requestItem(request), when: [{ absent: true }] },
    { check: KEYS.consentHead(patientKey), when: atVersion(consentVersion) },
    ...creationWrites(request, version),
  ]);
  if (written.ok) return request;
  return written.failed.includes(CONSENT_CHECK) ? 'consents-changed' : AGAIN;
}

/** Zero where nothing was made yet. */
async function requestVersion(table: Table, patient: PatientKey): Promise<number> {
  const head = await table.get(KEYS.requestHead(patient));
  return head ? bodyOf(head, 'request-head').version : 0;
}

/** That nothing was made or revoked since this version was read, and that now something is. */
const countingUp = (patient: PatientKey, version: number): readonly Write[] => [
  {
    put: itemOf(KEYS.requestHead(patient), 'request-head', { version: version + 1 }),
    when: atVersion(version),
  },
];

/** What belongs to a new request beside itself: it counts, and it is told. */
export const creationWrites = (request: TransmitRequest, version: number): readonly Write[] => [
  ...countingUp(request.patientKey, version),
  ...milestonesBetween(undefined, request, new Date(request.createdAt)).map(milestonePut),
];

/** Whether an address, and be it the last one, is revoked that was not, or one is asked for that was not. */
const moves = (before: TransmitRequest, after: TransmitRequest): boolean =>
  (after.status === 'revoked' && before.status !== 'revoked') ||
  askedFor(before).join() !== askedFor(after).join();

const askedFor = ({ addresses }: TransmitRequest): readonly string[] =>
  Object.entries(addresses)
    .filter(([, { status }]) => status !== 'revoked')
    .map(([key]) => key)
    .sort();

/** Where in the transaction of a creation the patient's answers are checked. */
const CONSENT_CHECK = 1;

/**
 * As it is kept, by whatever transaction. `version` stands beside the body, too: whoever postpones what is due must not
 * undo a change made meanwhile.
 */
export function requestItem(request: TransmitRequest): Item {
  const { patientKey, id, version } = request;
  const dueAt = dueOfRequest(request);
  const due =
    dueAt === undefined
      ? agingAttributes('directive', id, new Date(closedAt(request) ?? request.createdAt))
      : dueAttributes(id, dueAt);
  return itemOf(KEYS.request(patientKey, id), 'request', request, { version, ...due });
}

/** Needs no condition: its id is made of the version that the same transaction makes. */
export const milestonePut = (milestone: Milestone): Write => ({
  put: itemOf(KEYS.milestone(milestone.id), 'milestone', milestone, {
    id: milestone.id,
    ...agingAttributes('trace', milestone.id, new Date(milestone.at)),
  }),
});

const newestFirst = (one: TransmitRequest, other: TransmitRequest): number =>
  other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id);
