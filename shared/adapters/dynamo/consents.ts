import type { Consent } from '../../consent/consent.ts';
import type { ConsentStore } from '../../consent/store.ts';
import type { PatientKey } from '../../ids.ts';
import { done, fail } from '../../outcome.ts';
import { atVersion, consentHead, consentVersion } from './consent-head.ts';
import { agingAttributes, ALL, KEYS } from './keys.ts';
import type { Table } from './table.ts';
import { bodyOf, itemOf, whole } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/** A consent lies under its id, not under its time: only so the same id again meets what is there. */
export const consentStore = (table: Table): ConsentStore => ({
  add: (consent) => optimistically(table, () => add(table, consent)),

  async get(patient, id) {
    const item = await table.get(KEYS.consent(patient, id));
    return item ? done(bodyOf(item, 'consent')) : fail('consent/unknown');
  },

  list: (patient) => list(table, patient),

  async standing(patient) {
    // In this order: the other way round, an answer that comes in between would be counted and not seen.
    const version = await consentVersion(table, patient);
    return { version, consents: await list(table, patient) };
  },
});

async function add(table: Table, consent: Consent): Promise<Consent | typeof AGAIN> {
  const { patientKey } = consent;
  const key = KEYS.consent(patientKey, consent.id);
  const version = await consentVersion(table, patientKey);
  const aging = agingAttributes('consent', consent.id, new Date(consent.at));
  const written = await table.write([
    { put: itemOf(key, 'consent', consent, aging), when: [{ absent: true }] },
    { put: consentHead(patientKey, version + 1), when: atVersion(version) },
  ]);
  if (written.ok) return consent;
  const kept = await table.get(key);
  return kept ? bodyOf(kept, 'consent') : AGAIN;
}

async function list(table: Table, patient: PatientKey): Promise<readonly Consent[]> {
  const items = await whole(table, ALL.consents(patient));
  return items.map((item) => bodyOf(item, 'consent')).sort(newestFirst);
}

const newestFirst = (one: Consent, other: Consent): number =>
  other.at.localeCompare(one.at) || other.id.localeCompare(one.id);
