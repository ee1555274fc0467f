import type { TransmissionId } from '../../ids.ts';
import type { Audit } from '../../report/audit.ts';
import { disclosing, saysOfCopy } from '../../report/audit/disclosure.ts';
import { chainOf, nextEntry, type Entry } from '../../report/audit/entry.ts';
import { type Auditable, isForOthers } from '../../report/report.ts';
import type { Table } from '../dynamo/table.ts';
import { AGAIN, optimistically } from '../dynamo/table/optimistic.ts';
import { dynamoTable } from '../dynamo/table/dynamo-table.ts';
import { disclosureItems, entryItem, eventItem, foundIn } from './items.ts';
import { AUDIT_KEYS, AUDIT_PARTITIONS } from './keys.ts';

/** One entry, and four items for an event that discloses a copy, are fewer than the 100 writes of a transaction. */
const MAX_BATCH = 20;

export const dynamoAudit = (tableName: string): Audit => auditIn(dynamoTable(tableName));

/** The audit in its table. Everything is put only if nothing is there: what was entered stays. */
export const auditIn = (table: Table): Audit => ({
  async append(batch, now) {
    const [first] = batch;
    if (!first || batch.length > MAX_BATCH) throw new Error(`A batch of ${batch.length} reports`);
    const chain = chainOf(first.report.id);
    return optimistically(table, async () => {
      const fresh = await notEntered(table, onceEach(batch));
      return fresh.length === 0 ? [] : enter(table, chain, fresh, now);
    });
  },
});

const onceEach = (batch: readonly Auditable[]): readonly Auditable[] => [
  ...new Map(batch.map((audited) => [audited.report.id, audited])).values(),
];

async function notEntered(
  table: Table,
  batch: readonly Auditable[],
): Promise<readonly Auditable[]> {
  const kept = await Promise.all(batch.map(({ report }) => table.get(AUDIT_KEYS.event(report.id))));
  return batch.filter((_, index) => kept[index] === undefined);
}

async function enter(
  table: Table,
  chain: number,
  fresh: readonly Auditable[],
  now: Date,
): Promise<readonly Auditable[] | typeof AGAIN> {
  const events = disclosing(fresh, await knownToHaveLeft(table, fresh));
  const entry = nextEntry(chain, await newestOf(table, chain), events, now);
  const items = [
    entryItem(entry),
    ...events.map((event) => eventItem(event, entry)),
    ...events.flatMap(disclosureItems),
  ];
  const written = await table.write(items.map((put) => ({ put, when: [{ absent: true }] })));
  return written.ok ? fresh : AGAIN;
}

/** @throws Error when what lies there is no entry: nothing can be chained to it */
async function newestOf(table: Table, chain: number): Promise<Entry | undefined> {
  const pk = AUDIT_PARTITIONS.chain(chain);
  const [item] = await table.query({ pk, newestFirst: true, limit: 1 });
  if (!item) return undefined;
  const newest = foundIn(item);
  if (newest.kind !== 'entry' || !newest.found.entry) {
    throw new Error(`The newest entry of chain ${chain} cannot be read`);
  }
  return newest.found.entry;
}

/** Only of copies of which the batch has proof: of most others the hand-over itself is what is entered. */
async function knownToHaveLeft(
  table: Table,
  batch: readonly Auditable[],
): Promise<ReadonlySet<TransmissionId>> {
  const proved = batch.filter(isForOthers).filter(({ report }) => saysOfCopy(report) === 'proves');
  const found = await Promise.all(
    proved.map(async ({ report: { transmissionId }, patientKey }) => {
      const pk = AUDIT_PARTITIONS.patient(patientKey);
      const [known] = await table.query({ pk, skPrefix: `${transmissionId}#sent#`, limit: 1 });
      return known && transmissionId ? [transmissionId] : [];
    }),
  );
  return new Set(found.flat());
}
