import { addressKeyOf, type PatientKey, type TransmissionId } from '../../ids.ts';
import { done, fail, type Outcome, type Refused } from '../../outcome.ts';
import { placeOf } from '../../page.ts';
import type { Addition, Ledger, TransmissionLine } from '../../transmission/ledger.ts';
import type { History, Transmission } from '../../transmission/transmission.ts';
import { isAuthorityEnded } from '../../consent/authority-end.ts';
import { isExpired } from '../../transmit-request/running.ts';
import { ALL, KEYS } from './keys.ts';
import { ACTIVE_CHECKS, planAddition } from './ledger/addition.ts';
import { readKept } from './ledger/history.ts';
import { open } from './ledger/opening.ts';
import type { Table } from './table.ts';
import { bodyOf, whole } from './table/items.ts';
import { type PagedList, queriedPage } from './table/page.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/** Lists answer so many at most, the newest. */
const LINES = 2000;

export const ledger = (table: Table): Ledger => ({
  open: (opening) => open(table, opening),

  async openedOn(patient, at, atMost) {
    // At most one probe goes before each copy, and it is none.
    const items = await table.query({ ...ALL.linesOn(patient, at), limit: 2 * atMost });
    const copies = items.filter((item) => !bodyOf(item, 'line').isProbe);
    return Math.min(copies.length, atMost);
  },

  async read(id) {
    const kept = await readKept(table, id);
    return kept ? done(kept.history) : fail('transmission/unknown');
  },

  async identity(id) {
    const item = await table.get(KEYS.transmission(id));
    return item ? done(bodyOf(item, 'transmission')) : fail('transmission/unknown');
  },

  append: (id, now, decide) => optimistically(table, () => appendIfFirst(table, id, now, decide)),

  async byName(name) {
    const item = await table.get(KEYS.message(name));
    if (!item) return fail('notification/unknown-message');
    return done(bodyOf(item, 'message').transmissionId);
  },

  async list(patient) {
    const items = await table.query({ ...ALL.lines(patient), newestFirst: true, limit: LINES });
    return items.map((item) => bodyOf(item, 'line'));
  },

  page: (patient, paging) => queriedPage(table, linesOf(patient), paging),

  async leaving(patient) {
    const items = await whole(table, ALL.leaving(patient));
    return items.map((item) => bodyOf(item, 'leaving'));
  },
});

const linesOf = (patient: PatientKey): PagedList<TransmissionLine> => ({
  in: ALL.lines(patient),
  read: (item) => bodyOf(item, 'line'),
  placeOf: ({ createdAt, id }) => placeOf(createdAt, id),
});

async function appendIfFirst(
  table: Table,
  id: TransmissionId,
  now: Date,
  decide: (history: History) => Outcome<Addition>,
): Promise<Outcome<History> | typeof AGAIN> {
  const kept = await readKept(table, id);
  if (!kept) return fail('transmission/unknown');
  const decided = decide(kept.history);
  if (!decided.ok) return decided;

  const { writes, history } = planAddition(kept, decided.value, now);
  if (writes.length === 0) return done(history);
  const written = await table.write(writes);
  if (written.ok) return done(history);
  const isInactive =
    decided.value.whileActive === true &&
    written.failed.some((each) => ACTIVE_CHECKS.includes(each));
  return isInactive ? whyInactive(table, kept.history.transmission, now) : AGAIN;
}

/**
 * A revocation counts before whose copy it is, that before a pause, and a pause before an end date: the first are what
 * somebody decided.
 */
async function whyInactive(
  table: Table,
  { patientKey, requestId, address, addressAddedWith, plan }: Transmission,
  now: Date,
): Promise<Refused | typeof AGAIN> {
  const item = await table.get(KEYS.request(patientKey, requestId));
  if (!item) return fail('transmit-request/revoked');
  const request = bodyOf(item, 'request');
  const { status, addresses, paused } = request;
  const named = addresses[addressKeyOf(address)];
  const states = [status, named?.status ?? 'revoked'];
  const isAddedAgain = named?.addedWith !== addressAddedWith;
  if (isAddedAgain || states.includes('revoked')) return fail('transmit-request/revoked');
  const patientItem = await table.get(KEYS.patient(patientKey));
  const patient = patientItem && bodyOf(patientItem, 'patient');
  if (patient?.mergedInto !== undefined) return fail('patient/merged');
  if (patient?.death !== undefined && !plan.afterDeath) return fail('patient/deceased');
  // Whether somebody has paused it for that yet makes no difference to what is told.
  if (paused?.code === 'consent/authority-ended') return fail(paused.code);
  if (states.includes('paused')) return fail('transmit-request/paused');
  if (isExpired(request, now)) return fail('transmit-request/expired');
  // Else somebody let it go on right now.
  return isAuthorityEnded(request, now) ? fail('consent/authority-ended') : AGAIN;
}
