import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { makeHandler } from '../../../lambdas/report/handler.ts';
import { activityStore } from '../../../shared/adapters/dynamo/activities.ts';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { happeningIn } from '../../../shared/adapters/dynamo/stream-image.ts';
import { itemOf } from '../../../shared/adapters/dynamo/table/items.ts';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import {
  deliveryIdOf,
  type MilestoneId,
  type TransmissionId,
  type WebhookId,
} from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import { done } from '../../../shared/outcome.ts';
import type { FactBody } from '../../../shared/transmission/facts.ts';
import type { Milestone } from '../../../shared/transmit-request/milestone.ts';
import { transmission, webhook } from '../../contracts/stores/samples.ts';
import {
  accepted,
  atSecond,
  deferred,
  delivered,
  intent,
  notice,
} from '../../support/histories.ts';
import { memoryAudit } from '../../support/memory/audit.ts';
import { memoryBus } from '../../support/memory/bus.ts';
import { memoryDoorbell } from '../../support/memory/doorbell.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { memoryTable, type Change } from '../../support/memory/table.ts';
import { openCopy } from '../../support/open-copy.ts';

const ONE = 'tx_1' as TransmissionId;
const COPY = transmission('tx_1', 0, { clientReference: 'visit 7' });
const REFUSED: FactBody = { kind: 'ended', end: 'failed', code: 'deliver/refused' };

const MILESTONE: Milestone = {
  id: 'mil_1' as MilestoneId,
  kind: 'record.needed',
  requestId: COPY.requestId,
  patientKey: COPY.patientKey,
  at: atSecond(20).toISOString(),
};

/** The function over tables in memory; the stream is what was inserted since it was read last. */
function makeWorld() {
  const table = memoryTable({ seed: 5, conflictRate: 0.2 });
  const inserted: Change[] = [];
  const deliveryWrites: string[] = [];
  table.onChange((change) => {
    if (change.eventName === 'INSERT') inserted.push(change);
    if (change.newImage?.['kind']?.S === 'delivery') deliveryWrites.push(change.eventName);
  });
  const audit = memoryAudit({ seed: 6, conflictRate: 0.2 });
  const bus = memoryBus();
  const rung: string[] = [];
  const lines: string[] = [];
  const bell = memoryDoorbell(rung);
  const kept = ledger(table);
  let reads = 0;
  const ports = {
    ledger: {
      identity: (id: TransmissionId) => {
        reads += 1;
        return kept.identity(id);
      },
    },
    audit,
    bus,
    webhooks: webhookStore(table),
    activities: activityStore(table),
    deliveries: deliveryStore(table),
    bell,
    happeningIn,
    settings: { xdr: [] },
    metrics: memoryMetrics(),
    now: () => atSecond(30),
    log: jsonLog((line) => lines.push(line), 'test'),
  };
  const handler = makeHandler(ports);
  return {
    table,
    /** One for each that is on its way to a webhook. */
    deliveryWrites,
    audit,
    bus,
    bell,
    rung,
    lags: () => ports.metrics.of('ReportLagSeconds'),
    lines,
    ports,
    handler,
    reads: () => reads,
    add: (second: number, ...facts: FactBody[]) =>
      kept.append(ONE, atSecond(second), () => done({ facts })),
    /** What Lambda would be called with now: facts and milestones only, as the source is filtered. */
    stream: () => eventOf(inserted.splice(0)),
    types: () => bus.published.map(({ type }) => type),
  };
}

const eventOf = (changes: readonly Change[]): DynamoDBStreamEvent => ({
  Records: changes
    .filter(({ newImage }) => ['fact', 'milestone', 'deed'].includes(newImage?.['kind']?.S ?? ''))
    .map(({ newImage }, n) => ({
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: `${n}`, NewImage: newImage as never },
    })),
});

const failures = (...sequence: string[]) => ({
  batchItemFailures: sequence.map((itemIdentifier) => ({ itemIdentifier })),
});

let world: ReturnType<typeof makeWorld>;

beforeEach(async () => {
  world = makeWorld();
  await openCopy(world.table, COPY, atSecond(60));
});

const milestone = () =>
  world.table.write([{ put: itemOf(KEYS.milestone(MILESTONE.id), 'milestone', MILESTONE) }]);

describe('what just happened', () => {
  test('is entered into the audit and published, in its order', async () => {
    await world.add(1, intent(), accepted());
    await milestone();
    await world.add(9, notice('processed'), notice('dispatched'), delivered);
    expect(await world.handler(world.stream())).toEqual(failures());

    expect(world.types()).toEqual([
      'transmission.requested',
      'transmission.sent',
      'record.needed',
      'transmission.processed',
      'transmission.dispatched',
      'transmission.delivered',
    ]);
    const entered = world.audit.entered();
    expect(new Set(entered.map(({ report }) => report.id))).toEqual(
      new Set(world.bus.published.map(({ id }) => id)),
    );
    expect(entered.find(({ report }) => report.transmissionId)).toMatchObject({
      patientKey: COPY.patientKey,
      address: COPY.address,
    });
    expect(world.reads()).toBe(1);
    expect(world.lags()).toEqual([30]);
    expect(world.ports.metrics.of('CopyDelivered')).toEqual([1]);
  });

  test('that is no news is told to nobody, and costs nothing', async () => {
    world.stream();
    await world.add(1, intent());
    expect(await world.handler(world.stream())).toEqual(failures());
    expect([world.reads(), world.audit.entered(), world.types(), world.lags()]).toEqual([
      0,
      [],
      [],
      [],
    ]);
  });

  test('tells nobody outside of patient or address', async () => {
    await world.add(1, intent(), accepted(), deferred(1, 60), notice('processed'), REFUSED);
    await milestone();
    await world.ports.webhooks.add(webhook('whk_1'));
    await world.handler(world.stream());
    expect(world.lines.join('')).toContain('"copy-failed","transmissionId":"tx_1","code"');
    const waiting = await Promise.all(
      world.bus.published.map(({ id }) =>
        world.ports.deliveries.get(deliveryIdOf('whk_1' as WebhookId, id)),
      ),
    );
    // Of what waits for a listener only the report goes out.
    const reports = waiting.map((each) => each.ok && each.value.report);
    const said = JSON.stringify([world.bus.published, reports]) + world.lines.join('');
    for (const hidden of ['@', COPY.patientId, COPY.patientKey]) expect(said).not.toContain(hidden);
    expect(said).toContain('visit 7');
  });
});

describe('told again', () => {
  test('it is the same reports: entered once, delivered once, and known by their ids', async () => {
    await world.ports.webhooks.add(webhook('whk_1'));
    await world.add(1, accepted(), REFUSED);
    const event = world.stream();
    await world.handler(event);
    const [entered, first] = [world.audit.entered().length, [...world.bus.published]];
    await world.handler(event);

    expect(world.audit.entered()).toHaveLength(entered);
    expect(world.bus.published).toEqual([...first, ...first]);
    expect(world.deliveryWrites).toEqual(['INSERT', 'INSERT', 'INSERT']);
  });

  test.each([
    ['the bus takes only some', (w: typeof world) => w.bus.takeOnly(1)],
    ['nobody hears the bell', (w: typeof world) => w.bell.cutOff()],
  ])('from the first when %s, and the audit has it by then', async (_, breakIt) => {
    await world.add(1, accepted(), REFUSED);
    breakIt(world);
    expect(await world.handler(world.stream())).toEqual(failures('0'));
    expect(world.audit.entered()).toHaveLength(3);
    expect(world.lines.join('')).toContain('record-failed');
    // It is told again as a whole, and counted then.
    expect(world.ports.metrics.of('CopyFailed')).toEqual([]);
  });

  test('and nobody hears of what the audit did not take', async () => {
    const audit = { append: () => Promise.reject(new Error('no audit')) };
    await world.ports.webhooks.add(webhook('whk_1'));
    const event = world.stream();
    expect(await makeHandler({ ...world.ports, audit })(event)).toEqual(failures('0'));
    const told = [world.types(), world.rung, world.lags(), world.deliveryWrites];
    expect(told).toEqual([[], [], [], []]);
  });
});

describe('an item that cannot be read', () => {
  test('of a version to come: what stands before it is told, and it is read again', async () => {
    await world.add(1, accepted());
    await world.table.write([
      { put: { ...itemOf(KEYS.milestone(MILESTONE.id), 'milestone', MILESTONE), schema: 2 } },
    ]);
    await world.add(2, delivered);
    expect(await world.handler(world.stream())).toEqual(failures('2'));
    expect(world.types()).toEqual(['transmission.requested', 'transmission.sent']);
  });

  test('transmission/unknown: a fact of nothing', async () => {
    await world.table.write([{ remove: KEYS.transmission(ONE) }]);
    expect(await world.handler(world.stream())).toEqual(failures('0'));
    expect(world.types()).toEqual([]);
    expect(world.lines.join('')).toContain('transmission/unknown');
  });
});

describe('webhooks', () => {
  test('get a delivery for each report that they want, due at once', async () => {
    const all = webhook('whk_all');
    const some = webhook('whk_some', 0, { types: ['transmission.failed', 'record.needed'] });
    const gone = webhook('whk_gone', 0, { status: 'disabled' });
    for (const each of [all, some, gone]) await world.ports.webhooks.add(each);
    await world.add(1, accepted(), REFUSED);
    await world.handler(world.stream());

    const found = await Promise.all(
      [all, some, gone].map(async ({ id }) => {
        const waiting = world.bus.published.map(async (report) => {
          const delivery = await world.ports.deliveries.get(deliveryIdOf(id, report.id));
          return delivery.ok ? [delivery.value] : [];
        });
        return (await Promise.all(waiting)).flat();
      }),
    );
    expect(found.map((each) => each.map(({ report }) => report.type))).toEqual([
      ['transmission.requested', 'transmission.sent', 'transmission.failed'],
      ['transmission.failed'],
      [],
    ]);
    expect(found[1]?.[0]).toEqual({
      id: deliveryIdOf(some.id, world.bus.published[2]!.id),
      webhookId: some.id,
      report: world.bus.published[2],
      // Else no legal hold would keep it.
      patientKey: COPY.patientKey,
      createdAt: atSecond(30).toISOString(),
      attempts: 0,
      nextAttemptAt: atSecond(30).toISOString(),
      status: 'waiting',
      version: 1,
    });
  });
});

describe('the request of a copy', () => {
  test('that failed is looked at, for the sake of its addresses', async () => {
    await world.add(1, REFUSED);
    await world.handler(world.stream());
    expect(world.rung).toEqual([`${COPY.patientKey}/${COPY.requestId}`]);
  });

  test.each<FactBody>([
    delivered,
    { kind: 'ended', end: 'stopped', code: 'transmit-request/revoked' },
    deferred(1, 60),
  ])('is left alone after %j', async (fact) => {
    await world.add(1, fact);
    await world.handler(world.stream());
    expect(world.rung).toEqual([]);
  });
});
