import { unmarshall } from '@aws-sdk/util-dynamodb';
import { auditIn } from '../../../shared/adapters/audit/audit.ts';
import type { AuditItems } from '../../../shared/adapters/audit/audit-items.ts';
import { auditTrail } from '../../../shared/adapters/audit/trail.ts';
import type { Item } from '../../../shared/adapters/dynamo/table.ts';
import { eventIn, isOfReport, type ReportEvent } from '../../../shared/report/audit/event.ts';
import type { AuditedDeed } from '../../../shared/report/report.ts';
import { memoryTable, type MemoryTable, type MemoryTableOptions } from './table.ts';

/** Items of a table in memory, readable as a whole. Two to a page, so that whatever pages is seen to. */
export function memoryAuditItems(table: MemoryTable): AuditItems & { items(): readonly Item[] } {
  const items = new Map<string, Item>();
  table.onChange(({ newImage, oldImage }) => {
    const image = newImage ?? oldImage;
    if (!image) return;
    const item = unmarshall(image) as Item;
    const key = `${item.pk}\0${item.sk}`;
    if (newImage) items.set(key, item);
    else items.delete(key);
  });
  const sorted = (): readonly Item[] =>
    [...items].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);

  return {
    items: sorted,
    partition: (pk, { newestFirst = false } = {}) => {
      const found = sorted().filter((item) => item.pk === pk);
      return pagesOf(newestFirst ? found.toReversed() : found);
    },
    get: (keys) => Promise.resolve(keys.flatMap(({ pk, sk }) => items.get(`${pk}\0${sk}`) ?? [])),
    all: () => pagesOf(sorted()),
  };
}

async function* pagesOf(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (let at = 0; at < items.length; at += 2) {
    await Promise.resolve();
    yield items.slice(at, at + 2);
  }
}

/** The audit in memory, with what it takes to look into it. */
export function memoryAudit(options: MemoryTableOptions = {}) {
  const table = memoryTable(options);
  const items = memoryAuditItems(table);
  const events = () =>
    items
      .items()
      .filter(({ kind }) => kind === 'event')
      .map(({ text }) => eventIn(String(text)));
  return {
    ...auditIn(table),
    table,
    trail: auditTrail(items),
    items,
    /** All reports that were entered, in no order. */
    entered: (): readonly ReportEvent[] => events().filter(isOfReport),
    /** All that operators and the clock did, likewise. */
    deeds: (): readonly AuditedDeed[] => events().filter((event) => 'deed' in event),
  };
}
