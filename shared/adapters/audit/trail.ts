import { listsOf } from '../../report/audit/disclosure.ts';
import type { AuditTrail, DisclosureLists, Found } from '../../report/audit/trail.ts';
import type { Item, Key } from '../dynamo/table.ts';
import type { AuditItems } from './audit-items.ts';
import { foundIn } from './items.ts';
import { AUDIT_KEYS, AUDIT_PARTITIONS } from './keys.ts';

/** The audit as whoever verifies it reads it. */
export function auditTrail(items: AuditItems): AuditTrail {
  const get = async <Kind extends Found['kind']>(kind: Kind, keys: readonly Key[]) =>
    foundOf(kind, keys.length === 0 ? [] : await items.get(keys));

  return {
    async newest(chain) {
      const pages = items.partition(AUDIT_PARTITIONS.chain(chain), { newestFirst: true });
      for await (const page of pages) {
        const [newest] = foundOf('entry', page);
        if (newest) return newest.found.place.number;
      }
      return 0;
    },
    async *entries(chain) {
      for await (const page of items.partition(AUDIT_PARTITIONS.chain(chain))) {
        yield* foundOf('entry', page).map(({ found }) => found);
      }
    },
    entriesAt: async (places) =>
      (await get('entry', places.map(AUDIT_KEYS.entry))).map(({ found }) => found),
    events: async (ids) =>
      (await get('event', ids.map(AUDIT_KEYS.event))).map(({ found }) => found),
    async disclosuresAt(wanted) {
      const keys = wanted.flatMap((each) =>
        listsOf(each).map((list) => AUDIT_KEYS.disclosure(list, each)),
      );
      return (await get('disclosure', keys)).map(({ found }) => found);
    },
    async *everything() {
      for await (const page of items.all()) yield page.map(foundIn);
    },
  };
}

export const disclosureLists = (items: AuditItems): DisclosureLists => ({
  async *list(list, key) {
    for await (const page of items.partition(AUDIT_PARTITIONS[list](key))) {
      yield foundOf('disclosure', page).flatMap(({ found }) => found.disclosure ?? []);
    }
  },
});

const foundOf = <Kind extends Found['kind']>(kind: Kind, items: readonly Item[]) =>
  items
    .map(foundIn)
    .filter((found): found is Extract<Found, { readonly kind: Kind }> => found.kind === kind);
