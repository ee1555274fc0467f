import type { Consent } from '../../consent/consent.ts';
import type { ConsentStore } from '../../consent/store.ts';
import { done, fail } from '../../outcome.ts';
import { ALL, KEYS } from './keys.ts';
import type { Table } from './table.ts';
import { bodyOf, itemOf, whole } from './table/items.ts';
import { putOnce } from './table/put-once.ts';

/** A consent lies under its id, not under its time: only so the same id again meets what is there. */
export const consentStore = (table: Table): ConsentStore => ({
  async add(consent) {
    const kept = await putOnce(
      table,
      itemOf(KEYS.consent(consent.patientKey, consent.id), 'consent', consent),
    );
    return kept ? bodyOf(kept, 'consent') : consent;
  },

  async get(patient, id) {
    const item = await table.get(KEYS.consent(patient, id));
    return item ? done(bodyOf(item, 'consent')) : fail('consent/unknown');
  },

  async list(patient) {
    const items = await whole(table, ALL.consents(patient));
    return items.map((item) => bodyOf(item, 'consent')).sort(newestFirst);
  },
});

const newestFirst = (one: Consent, other: Consent): number =>
  other.at.localeCompare(one.at) || other.id.localeCompare(one.id);
