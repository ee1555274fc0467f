import { describe, expect, test } from '@jest/globals';
import { Chance } from './kernel/chance.ts';
import { Environment, type Kernel } from './kernel/environment.ts';
import type { Fault } from './kernel/fault.ts';
import { OneFault } from './kernel/one-fault.ts';
import { Pool } from './kernel/pool.ts';
import { Queue, type QueueEvent } from './kernel/queue.ts';
import { Timeline } from './kernel/timeline.ts';

const START = new Date('2026-11-22T12:00:00.000Z');
const LIMITS = { until: new Date('2026-12-22T12:00:00.000Z'), mostEvents: 10_000 };
const CRASHES: readonly Fault[] = ['crash-before', 'crash-after'];

function kernelWith(at: number, fault: Fault) {
  const timeline = new Timeline(START);
  const deaths: string[] = [];
  const kernel: Kernel = {
    timeline,
    faults: new OneFault(at, fault),
    crashed: (name) => deaths.push(name),
    trace: () => undefined,
  };
  return { timeline, kernel, deaths };
}

/** A queue whose function calls one port for each message. */
function queueWith(at: number, fault: Fault, work: () => Promise<void> = async () => undefined) {
  const world = kernelWith(at, fault);
  const effects: string[] = [];
  const make = (environment: Environment) => async (event: QueueEvent) => {
    const [{ body }] = event.Records as [{ body: string }];
    await environment.call('port', async () => effects.push(body), { possible: CRASHES });
    await work();
    return { batchItemFailures: [] };
  };
  const rules = { most: 1, timeoutSeconds: 10 };
  const pool = new Pool<QueueEvent, Awaited<ReturnType<ReturnType<typeof make>>>>(
    'function',
    world.kernel,
    rules,
    make,
  );
  const sure = { losses: 0, repeats: 0, delays: 0 };
  const queue = new Queue(
    { name: 'queue', batchSize: 1, timeoutSeconds: 10, ...sure },
    pool,
    world.kernel,
    new Chance('queue'),
  );
  return { ...world, queue, effects };
}

describe('time', () => {
  test('passes only from one thing to the next, in their order', async () => {
    const timeline = new Timeline(START);
    const seen: string[] = [];
    const see = (name: string) => () => seen.push(`${name} ${timeline.now().toISOString()}`);
    timeline.after(60_000, see('later'));
    timeline.after(0, see('now'));
    timeline.after(0, see('behind'));
    expect(await timeline.run(LIMITS)).toBe(true);
    expect(seen).toEqual([
      'now 2026-11-22T12:00:00.000Z',
      'behind 2026-11-22T12:00:00.000Z',
      'later 2026-11-22T12:01:00.000Z',
    ]);
  });

  test('what is planned for after the end is left alone, and what never ends is said', async () => {
    const timeline = new Timeline(START);
    const again = (): void => timeline.after(1000, again);
    again();
    expect(await timeline.run({ ...LIMITS, mostEvents: 50 })).toBe(false);
    expect(timeline.now().getTime() - START.getTime()).toBe(50_000);
    expect(await timeline.run({ ...LIMITS, until: START })).toBe(true);
  });
});

describe('a worker that dies', () => {
  test.each([
    ['crash-before', 0],
    ['crash-after', 1],
  ] as const)(
    '%s: the call has %i effects, and nothing after it ever runs',
    async (fault, effects) => {
      const { timeline, kernel, deaths } = kernelWith(0, fault);
      const environment = new Environment('worker', kernel);
      const seen: string[] = [];
      const ended = environment.invoke(async () => {
        const done = environment.call('port', async () => seen.push('effect'), {
          possible: CRASHES,
        });
        try {
          await done;
        } finally {
          seen.push('after');
        }
      }, 10);
      await timeline.run(LIMITS);
      expect(await ended).toEqual({ kind: 'died' });
      expect(seen).toEqual(Array.from({ length: effects }, () => 'effect'));
      expect(deaths).toEqual(['worker']);
    },
  );

  test('takes longer than its function may: it dies, and what it asks for is not answered', async () => {
    const { timeline, kernel, deaths } = kernelWith(-1, 'none');
    const environment = new Environment('worker', kernel);
    const ended = environment.invoke(() => environment.pause(60_000), 10);
    await timeline.run(LIMITS);
    expect(await ended).toEqual({ kind: 'died' });
    expect(deaths).toEqual(['worker']);
  });
});

describe('a queue', () => {
  test.each(CRASHES)('%s: the message shows again, to another worker', async (fault) => {
    const { timeline, queue, effects, deaths } = queueWith(0, fault);
    queue.send('one');
    await timeline.run(LIMITS);
    expect(deaths).toEqual(['function/1']);
    expect(effects).toEqual(fault === 'crash-after' ? ['one', 'one'] : ['one']);
    expect(queue.deadLetters).toEqual([]);
  });

  test('after five times a message is a dead letter', async () => {
    const { timeline, queue, effects } = queueWith(-1, 'none', () => Promise.reject(new Error()));
    queue.send('one');
    await timeline.run(LIMITS);
    expect(effects).toHaveLength(5);
    expect(queue.deadLetters).toEqual(['one']);
  });
});
