import { makeHandler } from '../../lambdas/report/handler.ts';
import { activityStore } from '../../shared/adapters/dynamo/activities.ts';
import { deliveryStore } from '../../shared/adapters/dynamo/deliveries.ts';
import { happeningIn } from '../../shared/adapters/dynamo/stream-image.ts';
import type { Item, Query, Table, Write } from '../../shared/adapters/dynamo/table.ts';
import { webhookStore } from '../../shared/adapters/dynamo/webhooks.ts';
import { memoryAudit } from '../support/memory/audit.ts';
import { memoryBus } from '../support/memory/bus.ts';
import { memoryDoorbell } from '../support/memory/doorbell.ts';
import { memoryMetrics } from '../support/memory/metrics.ts';
import type { Change, MemoryTable } from '../support/memory/table.ts';
import { discharge, readyToShare } from '../support/one-record.ts';

/** What one copy takes of a table, in the units that DynamoDB bills. */
export interface Units {
  writes: number;
  reads: number;
  /** Of the writes, those to the index of what is due. */
  index: number;
}

export interface OneCopy {
  readonly main: Units;
  readonly audit: Units;
  /** New items that the stream brings to `ring`, and to `report`. */
  readonly rung: number;
  readonly reported: number;
  /** On the bus. */
  readonly events: number;
  /** Most items that go into one partition of the audit that every copy of a day shares. */
  readonly sharedByDay: number;
}

const RUNG = ['trigger', 'transmission', 'delivery', 'answer'];
const REPORTED = ['fact', 'milestone'];

/** From a discharge to both notices: the real handlers over tables in memory, with everything counted that they ask. */
export async function countOneCopy(): Promise<OneCopy> {
  const path = await readyToShare();
  const audit = memoryAudit();
  const units = { main: counted(path.table), audit: counted(audit.table) };
  const inserted: Change[] = [];
  path.table.onChange((change) => change.eventName === 'INSERT' && inserted.push(change));
  const days: string[] = [];
  audit.table.onChange(({ newImage }) => {
    if (newImage?.['pk']?.S?.startsWith('DAY#')) days.push(newImage['pk'].S);
  });
  const bus = memoryBus();
  const report = makeHandler({
    ...path.ports,
    audit,
    bus,
    webhooks: webhookStore(path.table),
    activities: activityStore(path.table),
    deliveries: deliveryStore(path.table),
    bell: memoryDoorbell([]),
    happeningIn,
    settings: { xdr: [] },
    metrics: memoryMetrics(),
  });

  await discharge(path);
  await path.answer(['processed', 'dispatched']);
  const reported = inserted.filter((change) => REPORTED.includes(kindOf(change)));
  // Each by itself, as it is when little happens: then it costs most.
  for (const each of reported) await report(streamEvent(each) as never);
  return {
    ...units,
    rung: inserted.filter((change) => RUNG.includes(kindOf(change))).length,
    reported: reported.length,
    events: bus.published.length,
    sharedByDay: days.length,
  };
}

const kindOf = ({ newImage }: Change): string => newImage?.['kind']?.S ?? '';

const streamEvent = ({ eventName, newImage }: Change) => ({
  Records: [{ eventName, dynamodb: { NewImage: newImage, SequenceNumber: '1' } }],
});

/** Counts from now on what goes through a table. */
function counted(table: MemoryTable): Units {
  const units: Units = { writes: 0, reads: 0, index: 0 };
  const asked = { ...table };
  Object.assign(table, {
    get: async (...args: Parameters<Table['get']>) => {
      const item = await asked.get(...args);
      units.reads += readUnits(item ? [item] : []);
      return item;
    },
    query: async (what: Query) => {
      const items = await asked.query(what);
      units.reads += readUnits(items);
      return items;
    },
    write: async (writes: readonly Write[]) => {
      // Refused or not, every action of a transaction is billed twice.
      for (const each of writes) units.writes += 2 * ('put' in each ? kilobytes(each.put) : 1);
      return asked.write(writes);
    },
  });
  table.onChange(({ oldImage, newImage }) => {
    const [before, after] = [oldImage, newImage].map((image) => image?.['dueAt']?.S);
    const moved = before !== after ? [before, after].filter((each) => each !== undefined) : [];
    units.index += moved.length;
    units.writes += moved.length;
  });
  return units;
}

const kilobytes = (item: Item): number => Math.ceil(JSON.stringify(item).length / 1024);
const readUnits = (items: readonly Item[]): number =>
  Math.max(1, Math.ceil(JSON.stringify(items).length / 4096));
