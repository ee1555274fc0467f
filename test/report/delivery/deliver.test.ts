import { beforeEach, describe, expect, test } from '@jest/globals';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import type { DeliveryId, WebhookId } from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { deliver } from '../../../shared/report/delivery/deliver.ts';
import type { DeliveryStore } from '../../../shared/report/delivery/store.ts';
import { delivery, webhook } from '../../contracts/stores/samples.ts';
import { atSecond } from '../../support/histories.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { answered, memoryReceivers } from '../../support/memory/receivers.ts';
import { memorySubmitters } from '../../support/memory/submitters.ts';
import { memoryTable } from '../../support/memory/table.ts';

const ONE = 'whd_1' as DeliveryId;
const HOOK = 'whk_1' as WebhookId;
const failed = fail('report/webhook-failed');

function makeWorld() {
  const table = memoryTable({ seed: 3, conflictRate: 0.2 });
  const receivers = memoryReceivers();
  const lines: string[] = [];
  let second = 0;
  const ports = {
    webhooks: webhookStore(table),
    deliveries: deliveryStore(table),
    post: receivers.post,
    ...memorySubmitters(),
    ledger: ledger(table),
    webhookSecret: async () => 'the master secret',
    random: () => 0,
    metrics: memoryMetrics(),
    now: () => atSecond(second),
    log: jsonLog((line) => lines.push(line), 'test'),
  };
  return {
    ports,
    receivers,
    lines,
    givenUp: () => ports.metrics.of('WebhookDisabled'),
    index: dueIndex(table),
    dueAt: async (at: number) => (await dueIndex(table).due(atSecond(at), 10)).due,
    /** A ring at that second. */
    ringAt: (at: number, id = ONE) => {
      second = at;
      return deliver(id, ports);
    },
    delivery: async (id = ONE) => {
      const found = await ports.deliveries.get(id);
      return found.ok ? found.value : undefined;
    },
    webhook: async () => {
      const found = await ports.webhooks.get(HOOK);
      return found.ok ? found.value : undefined;
    },
  };
}

let world: ReturnType<typeof makeWorld>;

beforeEach(async () => {
  world = makeWorld();
  await world.ports.webhooks.add(webhook('whk_1'));
  await world.ports.deliveries.add(delivery('whd_1'));
});

/** Rings for everything when it becomes due, as the sweep does; answers at which seconds it rang. */
async function ringWhileDue(until: number): Promise<readonly number[]> {
  const rang: number[] = [];
  for (;;) {
    const { due, since } = await world.index.due(atSecond(until), 10);
    const [first] = due;
    if (!first || !since) return rang;
    const second = (since.getTime() - atSecond(0).getTime()) / 1000;
    rang.push(second);
    await world.ringAt(second, first.id as DeliveryId);
  }
}

describe('a report that is delivered', () => {
  test('is told once, however often it is rung for', async () => {
    expect(await world.ringAt(0)).toEqual(done('delivered'));
    expect(await world.ringAt(1)).toEqual(done('nothing-to-do'));
    expect(await world.ringAt(9999)).toEqual(done('nothing-to-do'));
    expect(world.receivers.told.map(({ url }) => url)).toEqual(['https://ehr.example/told']);
    expect(await world.delivery()).toMatchObject({
      status: 'delivered',
      attempts: 1,
      lastStatus: 204,
    });
    expect(await world.dueAt(999_999)).toEqual([]);
  });

  test('is told by one of many who hear the same ring', async () => {
    const rings = await Promise.all(Array.from({ length: 8 }, () => world.ringAt(0)));
    expect(rings.filter((each) => each.ok && each.value === 'delivered')).toHaveLength(1);
    expect(world.receivers.told).toHaveLength(1);
  });

  test('says nothing of the webhook that was not known', async () => {
    await world.ringAt(0);
    expect(await world.webhook()).toEqual(webhook('whk_1'));
    expect(world.givenUp()).toEqual([]);
  });
});

describe('a report that is not taken', () => {
  test('report/webhook-failed: it is told again by the schedule, and given up after three days', async () => {
    world.receivers.answer(answered(500));
    expect(await world.ringAt(0)).toEqual(failed);
    expect(await world.ringAt(4)).toEqual(done('nothing-to-do'));
    const rang = await ringWhileDue(400_000);
    const waits = rang.map((second, at) => second - (rang[at - 1] ?? 0));
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    expect(world.receivers.told).toHaveLength(10);
    expect(await world.delivery()).toMatchObject({
      status: 'failed',
      attempts: 10,
      lastStatus: 500,
    });
  });

  test('report/webhook-disabled: the webhook that took nothing for days is given up with it', async () => {
    world.receivers.answer({ kind: 'failed', fault: 'unreachable' });
    await ringWhileDue(400_000);
    expect(await world.webhook()).toMatchObject({
      status: 'disabled',
      failingSince: atSecond(0).toISOString(),
    });
    expect(world.givenUp()).toEqual([1]);
    expect(world.lines.filter((line) => line.includes('webhook-disabled'))).toHaveLength(1);
  });

  test('by a webhook that takes others is given up alone', async () => {
    world.receivers.answer(({ headers }) => answered(headers['webhook-id'] === ONE ? 500 : 200));
    await ringWhileDue(200_000);
    await world.ports.deliveries.add(delivery('whd_2', 200_000));
    await ringWhileDue(400_000);
    expect(await world.delivery()).toMatchObject({ status: 'failed' });
    expect(await world.webhook()).toMatchObject({ status: 'active' });
    expect(world.givenUp()).toEqual([]);
  });

  test('and then is, is delivered, and the webhook is failing no more', async () => {
    world.receivers.answer(answered(500));
    await world.ringAt(0);
    expect(await world.webhook()).toMatchObject({ failingSince: atSecond(0).toISOString() });
    world.receivers.answer(answered(200));
    expect(await world.ringAt(5)).toEqual(done('delivered'));
    expect(await world.webhook()).not.toHaveProperty('failingSince');
  });

  test('is told no sooner than the receiver asks for', async () => {
    world.receivers.answer(answered(429, '600'));
    await world.ringAt(0);
    expect(await world.ringAt(599)).toEqual(done('nothing-to-do'));
    expect(await world.ringAt(600)).toEqual(failed);
  });
});

describe('a webhook that keeps everybody waiting', () => {
  const SLOW = { kind: 'failed', fault: 'too-slow' } as const;
  const OTHERS = ['whd_2', 'whd_3', 'whd_4'] as DeliveryId[];

  beforeEach(async () => {
    for (const id of OTHERS) await world.ports.deliveries.add(delivery(id));
    world.receivers.answer(SLOW);
    await world.ringAt(0);
  });

  test('report/webhook-failed: is left alone, and what was to be told goes on by its schedule', async () => {
    for (const id of OTHERS) expect(await world.ringAt(29, id)).toEqual(failed);
    expect(world.receivers.told).toHaveLength(1);
    expect(await world.delivery(OTHERS[0])).toMatchObject({
      status: 'waiting',
      attempts: 1,
      nextAttemptAt: atSecond(34).toISOString(),
    });
  });

  test('is asked by one when the time has come, and by the next only after that', async () => {
    await Promise.all(OTHERS.map((id) => world.ringAt(30, id)));
    expect(world.receivers.told).toHaveLength(2);
    await world.ringAt(35, OTHERS[0]);
    await world.ringAt(35, OTHERS[1]);
    expect(world.receivers.told).toHaveLength(2);
  });

  test('is told everything again as soon as it takes something', async () => {
    world.receivers.answer(answered(200));
    expect(await world.ringAt(30, OTHERS[0])).toEqual(done('delivered'));
    expect(await world.webhook()).toEqual(webhook('whk_1', 0, { version: 4 }));
    expect(await world.ringAt(30, OTHERS[1])).toEqual(done('delivered'));
    expect(await world.ringAt(30, OTHERS[2])).toEqual(done('delivered'));
  });

  test('has every report told to it when it answers again, be it after a day', async () => {
    await ringWhileDue(86_400);
    world.receivers.answer(answered(200));
    await ringWhileDue(400_000);
    for (const id of [ONE, ...OTHERS]) {
      expect(await world.delivery(id)).toMatchObject({ status: 'delivered' });
    }
  });

  test('is asked for the last time whatever is known of it: no report is given up unasked', async () => {
    await world.ports.deliveries.add(delivery('whd_9', 29, { attempts: 9 }));
    await world.ringAt(29, 'whd_9' as DeliveryId);
    expect(world.receivers.told.at(-1)?.headers['webhook-id']).toBe('whd_9');
  });
});

describe('report/webhook-disabled', () => {
  test('410: it is not told anything again, and that is said once', async () => {
    await world.ports.deliveries.add(delivery('whd_2'));
    await world.ports.deliveries.add(delivery('whd_3'));
    world.receivers.answer(answered(410));
    const both = [world.ringAt(0), world.ringAt(0, 'whd_2' as DeliveryId)];
    expect(await Promise.all(both)).toEqual([failed, failed]);
    expect(await world.webhook()).toMatchObject({ status: 'disabled' });
    expect(world.givenUp()).toEqual([1]);

    const third = 'whd_3' as DeliveryId;
    expect(await world.ringAt(1, third)).toEqual(fail('report/webhook-disabled'));
    expect(world.receivers.told).toHaveLength(2);
    expect(await world.delivery(third)).toMatchObject({ status: 'failed' });
    expect(await world.dueAt(999_999)).toEqual([]);
  });
});

describe('what cannot be told', () => {
  test('report/unknown-delivery: there is no such thing', async () => {
    expect(await world.ringAt(0, 'whd_9' as DeliveryId)).toEqual(fail('report/unknown-delivery'));
  });

  test('report/unknown-webhook: it was removed meanwhile', async () => {
    await world.ports.webhooks.remove(HOOK);
    expect(await world.ringAt(0)).toEqual(fail('report/unknown-webhook'));
    expect(await world.delivery()).toMatchObject({ status: 'failed' });
    expect(world.receivers.told).toEqual([]);
  });

  test('while there is no secret no attempt is counted', async () => {
    const ports = { ...world.ports, webhookSecret: () => Promise.reject(new Error('no secret')) };
    await expect(deliver(ONE, ports)).rejects.toThrow('no secret');
    expect(await world.delivery()).toEqual(delivery('whd_1'));
  });
});

describe('a worker that dies', () => {
  test('in the middle of an attempt: it is made again after a minute, and no sooner', async () => {
    const dying = { ...world.ports, post: () => Promise.reject(new Error('dies')) };
    await expect(deliver(ONE, dying)).rejects.toThrow('dies');
    expect(await world.ringAt(59)).toEqual(done('nothing-to-do'));
    expect(await world.dueAt(60)).toEqual([{ kind: 'delivery', id: ONE }]);
    expect(await world.ringAt(60)).toEqual(done('delivered'));
  });

  test('after the answer: it is told again under the same id', async () => {
    let changes = 0;
    const deliveries = {
      ...world.ports.deliveries,
      change: (...given: Parameters<DeliveryStore['change']>) =>
        ++changes > 1 ? Promise.reject(new Error('dies')) : world.ports.deliveries.change(...given),
    };
    await expect(deliver(ONE, { ...world.ports, deliveries })).rejects.toThrow('dies');
    expect(await world.ringAt(60)).toEqual(done('delivered'));
    expect(world.receivers.told.map(({ headers }) => headers['webhook-id'])).toEqual([ONE, ONE]);
  });
});

test('no log line holds a URL, a signature or what was told', async () => {
  world.receivers.answer(answered(500));
  await ringWhileDue(400_000);
  expect(world.lines.length).toBeGreaterThan(10);
  expect(world.lines.join('\n')).not.toMatch(/ehr\.example|v1,|req_1/);
});
