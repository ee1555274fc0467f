import { beforeEach, describe, expect, test } from '@jest/globals';
import { makeHandler } from '../../../lambdas/sweep/handler.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { dueAttributes, KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import type { Key } from '../../../shared/adapters/dynamo/table.ts';
import {
  batchIdOf,
  type DeliveryId,
  parseDeliveryId,
  type RequestId,
  type TransmissionId,
  transmissionIdOf,
  type TriggerId,
} from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import { done } from '../../../shared/outcome.ts';
import { parseRing } from '../../../shared/trigger/ring.ts';
import { Settings } from '../../../shared/settings.ts';
import { ADA_KEY, LEE, transmission } from '../../contracts/stores/samples.ts';
import { accepted, atSecond, intent } from '../../support/histories.ts';
import { memoryBells, type MemoryDoorbell } from '../../support/memory/doorbell.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { memoryTable } from '../../support/memory/table.ts';
import { openCopy } from '../../support/open-copy.ts';

const ID = 'a'.repeat(26);
const THINGS: readonly (readonly [string, string, Key])[] = [
  ['trigger', `trg_${ID}`, KEYS.trigger(`trg_${ID}` as TriggerId)],
  ['window', `req_${ID}`, KEYS.window(`req_${ID}` as RequestId)],
  ['request', `req_${ID}`, KEYS.request(ADA_KEY, `req_${ID}` as RequestId)],
  ['delivery', `whd_${ID}`, KEYS.delivery(`whd_${ID}` as DeliveryId)],
];

/** A sweep over a table of its own, with bells that it rings. */
function sweeper(settings: object = {}) {
  const table = memoryTable({ seed: 3, conflictRate: 0.1 });
  const { queues, bells } = memoryBells();
  const lines: string[] = [];
  let time = atSecond(0);
  let secondsALook = 0;
  const ports = {
    dueIndex: dueIndex(table),
    ledger: ledger(table),
    bells: bells as Record<keyof typeof bells, MemoryDoorbell>,
    settings: {
      deadlines: Settings.shape.deadlines.parse({}),
      relay: Settings.shape.relay.parse({ copiesPerSecond: 1000, ...settings }),
    },
    metrics: memoryMetrics(),
    now: () => (time = new Date(time.getTime() + secondsALook * 1000)),
    log: jsonLog((line) => lines.push(line), 'sweep'),
  };
  const handler = makeHandler(ports);
  return {
    ...ports,
    table,
    queues,
    lines,
    /** Each question for the time takes so long. */
    slowDown: (seconds: number) => void (secondsALook = seconds),
    at: async (second: number) => {
      time = atSecond(second);
      await handler({});
    },
    /** Something of which the index knows, and nobody anything else. */
    put: (key: Key, id: string, second: number) =>
      table.write([{ put: { ...key, kind: 'poison', ...dueAttributes(id, atSecond(second)) } }]),
  };
}

let sweep: ReturnType<typeof sweeper>;
beforeEach(() => {
  sweep = sweeper();
});

const idOf = (n: number): TransmissionId =>
  transmissionIdOf(`req_${ID}` as RequestId, batchIdOf(`${n}`), LEE);

/** So many copies that nobody has begun, one due each second. */
async function waiting(count: number): Promise<readonly TransmissionId[]> {
  const ids = Array.from({ length: count }, (_, n) => `tx_${n}` as TransmissionId);
  for (const [second, id] of ids.entries()) {
    await openCopy(sweep.table, transmission(id), atSecond(second));
  }
  return ids;
}

describe('what is due', () => {
  test.each(THINGS)('a %s is rung for, in words that its worker reads', async (kind, id, key) => {
    await sweep.put(key, id, 0);
    await sweep.at(0);
    const { trigger, delivery, transmission: copies } = sweep.queues;
    expect([trigger.length, delivery.length, copies.length]).toEqual(
      kind === 'delivery' ? [0, 1, 0] : [1, 0, 0],
    );
    const [heard = ''] = [...delivery, ...trigger];
    const ring = kind === 'delivery' ? parseDeliveryId(heard) : parseRing(heard);
    expect(ring).toMatchObject({ value: kind === 'delivery' ? id : { kind, id } });
  });

  test('a copy is decided about: it is rung for, or declared overdue', async () => {
    const [lost, silent] = await waiting(2);
    await sweep.ledger.append(silent!, atSecond(1), () =>
      done({ facts: [intent(), accepted()], dueAt: atSecond(3601) }),
    );
    await sweep.at(3601);
    expect(sweep.queues.transmission).toEqual([lost]);
    const history = await sweep.ledger.read(silent!);
    expect(history).toMatchObject({
      value: { facts: [{}, {}, {}, { kind: 'ended', code: 'notification/not-processed' }] },
    });
  });

  test('a copy whose worker died becomes uncertain, and is counted', async () => {
    const [id] = await waiting(1);
    await sweep.ledger.append(id!, atSecond(1), () => done({ facts: [intent()] }));
    await sweep.at(9);
    expect(sweep.metrics.of('UncertainCopy')).toEqual([1]);
    await sweep.at(999);
    expect(sweep.metrics.of('UncertainCopy')).toEqual([1]);
  });

  test('and nothing else is looked at', async () => {
    await sweep.put(THINGS[0]![2], THINGS[0]![1], 1);
    await sweep.at(0.999);
    expect(sweep.queues.trigger).toEqual([]);
  });
});

describe('one run', () => {
  test('clears a backlog of many pages, the longest due first', async () => {
    const ids = await waiting(900);
    await sweep.at(1000);
    expect(new Set(sweep.queues.transmission)).toEqual(new Set(ids));
    expect(sweep.queues.transmission).toHaveLength(ids.length);
    const firstPage = sweep.queues.transmission.slice(0, 400).map((id) => ids.indexOf(id as never));
    expect(Math.max(...firstPage.slice(0, 8))).toBeLessThan(16);
  });

  test('ends when its time is over, and the next one goes on', async () => {
    await waiting(120);
    sweep.slowDown(1);
    await sweep.at(1000);
    const rung = sweep.queues.transmission.length;
    expect(rung).toBeGreaterThan(8);
    expect(rung).toBeLessThan(60);
    expect(sweep.metrics.of('SweepRan')).toEqual([1]);
    sweep.slowDown(0);
    await sweep.at(1001);
    expect(sweep.queues.transmission).toHaveLength(120);
  });

  test('says that it ran, and how late it was', async () => {
    await sweep.at(5);
    await waiting(3);
    await sweep.at(90);
    expect(sweep.metrics.of('SweepRan')).toEqual([1, 1]);
    expect(sweep.metrics.of('SweepLagSeconds')).toEqual([0, 90]);
    expect(sweep.lines.at(-1)).toContain('"event":"swept","count":3');
  });

  test('gives the relay no more at once than it takes: later ones are rung for later, or looked at later', async () => {
    sweep = sweeper({ copiesPerSecond: 2 });
    await waiting(400);
    await sweep.at(1000);
    const { delays } = sweep.bells.transmission;
    expect(delays.length).toBeGreaterThanOrEqual(120);
    expect(delays.length).toBeLessThanOrEqual(140);
    expect(Math.max(...delays)).toBe(60);
    expect(delays.filter((each) => each <= 5).length).toBeLessThanOrEqual(20);
    // The others are not in the way of the next runs until the relay has time for them.
    const later = async (second: number) =>
      (await sweep.dueIndex.due(atSecond(second), 100)).due.length;
    expect([await later(1059), await later(1200)]).toEqual([0, 400]);
    expect(await later(1120)).toBeLessThan(280);
  });
});

describe('what nobody can settle', () => {
  test.each([...THINGS, ['transmission', idOf(7), KEYS.transmission(idOf(7))] as const])(
    'a %s is looked at less and less, and never forgotten',
    async (_, id, key) => {
      await sweep.put(key, id, 0);
      const seen: number[] = [];
      for (let minute = 0; minute <= 360; minute += 1) {
        const before = (await sweep.table.get(key))?.['dueAt'];
        await sweep.at(60 * minute);
        if ((await sweep.table.get(key))?.['dueAt'] !== before) seen.push(minute);
      }
      expect(seen).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303]);
    },
  );

  test('does not keep the sweep from the others, nor does a bell that nobody hears', async () => {
    for (let n = 0; n < 600; n += 1) await sweep.put(KEYS.transmission(idOf(n)), idOf(n), 0);
    await sweep.put(THINGS[0]![2], THINGS[0]![1], 1);
    await sweep.put(THINGS[3]![2], THINGS[3]![1], 2);
    sweep.bells.trigger.cutOff();
    await sweep.at(10);
    expect(sweep.queues.delivery).toHaveLength(1);
    expect(sweep.lines.filter((line) => line.includes('"record-failed"'))).toHaveLength(601);
    expect(sweep.lines.join()).toContain(`"transmissionId":"${idOf(5)}"`);
    expect(sweep.lines.join()).toContain(`"triggerId":"trg_${ID}"`);
  });

  test('has its time moved before anybody hears the ring, who may move it himself', async () => {
    const [, id, key] = THINGS[2]!;
    await sweep.put(key, id, 0);
    const settledBy = makeHandler({
      ...sweep,
      bells: {
        ...sweep.bells,
        trigger: { ring: async () => void (await sweep.put(key, id, 7)) },
      },
    });
    await settledBy({});
    expect(await sweep.table.get(key)).toMatchObject({ dueAt: atSecond(7).toISOString() });
  });

  test('also when not even its time can be moved', async () => {
    await sweep.put(KEYS.transmission(idOf(1)), idOf(1), 0);
    await sweep.put(THINGS[0]![2], THINGS[0]![1], 1);
    const broken = makeHandler({
      ...sweep,
      dueIndex: {
        ...sweep.dueIndex,
        postpone: async (due, until) => {
          if (due.kind === 'transmission') throw new Error('It cannot be moved');
          await sweep.dueIndex.postpone(due, until);
        },
      },
    });
    await broken({});
    await sweep.at(1);
    expect(sweep.queues.trigger).toHaveLength(1);
    expect(sweep.metrics.of('SweepRan')).toEqual([1, 1]);
  });
});
