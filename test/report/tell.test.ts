import { beforeEach, describe, expect, test } from '@jest/globals';
import { activityStore } from '../../shared/adapters/dynamo/activities.ts';
import { deliveryStore } from '../../shared/adapters/dynamo/deliveries.ts';
import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import { webhookStore } from '../../shared/adapters/dynamo/webhooks.ts';
import { jsonLog } from '../../shared/log.ts';
import { tell } from '../../shared/report/tell.ts';
import { webhook } from '../contracts/stores/samples.ts';
import { atSecond } from '../support/histories.ts';
import { memoryAudit } from '../support/memory/audit.ts';
import { memoryBus } from '../support/memory/bus.ts';
import { memoryDoorbell } from '../support/memory/doorbell.ts';
import { memoryMetrics } from '../support/memory/metrics.ts';
import { memoryTable } from '../support/memory/table.ts';
import { auditedOf } from '../support/reports.ts';

const BATCH = [
  auditedOf('one', 'transmission.sent', 1),
  auditedOf('two', 'transmission.failed', 2, { code: 'deliver/refused' }),
];
const FOUR_HOURS = 4 * 3600;

function makeWorld() {
  const table = memoryTable();
  let added = 0;
  table.onChange(({ newImage }) => {
    if (newImage?.['kind']?.S === 'delivery') added += 1;
  });
  const rung: string[] = [];
  const lines: string[] = [];
  let at = 30;
  const ports = {
    audit: memoryAudit(),
    bus: memoryBus(),
    webhooks: webhookStore(table),
    activities: activityStore(table),
    deliveries: deliveryStore(table),
    bell: memoryDoorbell(rung),
    ledger: ledger(table),
    settings: { xdr: [] },
    metrics: memoryMetrics(),
    now: () => atSecond(at),
    log: jsonLog((line) => lines.push(line), 'test'),
  };
  return {
    ports,
    rung,
    lines,
    tellAt: (second: number) => {
      at = second;
      return tell(BATCH, ports);
    },
    added: () => added,
  };
}

let world: ReturnType<typeof makeWorld>;
beforeEach(async () => {
  world = makeWorld();
  await world.ports.webhooks.add(webhook('whk_1'));
});

describe('while the bus takes nothing', () => {
  beforeEach(() => world.ports.bus.takeOnly(0));

  test('webhooks are told and requests looked at all the same', async () => {
    await expect(world.tellAt(30)).rejects.toThrow('The bus');
    expect([world.added(), world.rung.length]).toEqual([2, 1]);
  });

  test('for hours, it is told no more: what happened after must not be lost with it', async () => {
    await expect(world.tellAt(FOUR_HOURS)).rejects.toThrow('The bus');
    expect(world.ports.metrics.of('BusUntold')).toEqual([]);
    await world.tellAt(FOUR_HOURS + 2);
    expect(world.ports.metrics.of('BusUntold')).toEqual([2]);
    expect(world.ports.audit.entered()).toHaveLength(2);
    expect(world.lines.join('')).toContain('bus-untold');
  });
});

test('while nobody hears the bell, the bus and webhooks are told all the same', async () => {
  world.ports.bell.cutOff();
  await expect(world.tellAt(30)).rejects.toThrow('bell');
  expect([world.added(), world.ports.bus.published.length]).toEqual([2, 2]);
});
