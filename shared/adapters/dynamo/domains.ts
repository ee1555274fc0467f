import type { DomainRecord, Domains } from '../../notification/domains.ts';
import { KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/** What domains have confirmed: one item for each, counted up under its version. */
export const domainStore = (table: Table): Domains => ({
  async read(domain) {
    return recordIn(await table.get(KEYS.domain(domain)), domain);
  },

  confirmed: (domain, what, at) =>
    optimistically(table, async () => {
      const key = KEYS.domain(domain);
      const item = await table.get(key);
      const version = item ? Number(item['version']) : 0;
      const record = counted(recordIn(item, domain), what, at.toISOString());
      const written = await table.write([
        {
          put: itemOf(key, 'domain', record, { version: version + 1 }),
          when: [item ? { equals: [['version'], version] } : { absent: true }],
        },
      ]);
      return written.ok ? undefined : AGAIN;
    }),
});

const recordIn = (item: Item | undefined, domain: string): DomainRecord =>
  item ? bodyOf(item, 'domain') : { domain, processed: 0, dispatched: 0, failed: 0 };

const LAST = {
  processed: 'lastProcessedAt',
  dispatched: 'lastDispatchedAt',
  failed: 'lastFailedAt',
} as const;

/** What is told late does not make the last time earlier. */
function counted(
  record: DomainRecord,
  what: Parameters<Domains['confirmed']>[1],
  at: string,
): DomainRecord {
  const last = record[LAST[what]] ?? at;
  return { ...record, [what]: record[what] + 1, [LAST[what]]: last > at ? last : at };
}
