import { addressKeyOf, type TransmissionId } from '../../ids.ts';
import { done, fail, type Outcome, type Refused } from '../../outcome.ts';
import type { Addition, Ledger } from '../../transmission/ledger.ts';
import type { History, Transmission } from '../../transmission/transmission.ts';
import { ALL, KEYS } from './keys.ts';
import { ACTIVE_CHECK, planAddition } from './ledger/addition.ts';
import { readKept } from './ledger/history.ts';
import { open } from './ledger/opening.ts';
import type { Table } from './table.ts';
import { bodyOf, whole } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/** Lists answer so many at most, the newest. */
const LINES = 2000;

export const ledger = (table: Table): Ledger => ({
  open: (opening) => open(table, opening),

  async openedOn(patient, at, atMost) {
    const items = await table.query({ ...ALL.linesOn(patient, at), limit: atMost });
    return items.length;
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

  async leaving(patient) {
    const items = await whole(table, ALL.leaving(patient));
    return items.map((item) => bodyOf(item, 'leaving'));
  },
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
  const isInactive = decided.value.whileActive === true && written.failed.includes(ACTIVE_CHECK);
  return isInactive ? whyInactive(table, kept.history.transmission) : AGAIN;
}

/** A revocation counts before a pause, and that before an end date: they are what somebody decided. */
async function whyInactive(
  table: Table,
  { patientKey, requestId, address }: Transmission,
): Promise<Refused> {
  const item = await table.get(KEYS.request(patientKey, requestId));
  if (!item) return fail('transmit-request/revoked');
  const { status, addresses } = bodyOf(item, 'request');
  const states = [status, addresses[addressKeyOf(address)]?.status ?? 'revoked'];
  if (states.includes('revoked')) return fail('transmit-request/revoked');
  return fail(states.includes('paused') ? 'transmit-request/paused' : 'transmit-request/expired');
}
