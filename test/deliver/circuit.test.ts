import { beforeEach, describe, expect, test } from '@jest/globals';
import { admit, type Admission } from '../../shared/deliver/admission.ts';
import type { Envelope } from '../../shared/deliver/relay.ts';
import { Settings } from '../../shared/settings.ts';
import { atSecond } from '../support/histories.ts';
import { memoryCircuitStore, type MemoryCircuitStore } from '../support/memory/circuit-store.ts';
import { memoryMetrics, type MemoryMetrics } from '../support/memory/metrics.ts';
import { memoryRateCounter } from '../support/memory/rate-counter.ts';
import { memoryRelay, type MemoryRelay, type RelayBehaviour } from '../support/memory/relay.ts';

const SETTINGS = {
  relay: Settings.shape.relay.parse({ circuitOpensAfterFailures: 3, circuitOpenSeconds: 60 }),
};
const COPY = { from: 'a@a.example', to: 'b@b.example', bytes: new Uint8Array(1) } as unknown;

let relay: MemoryRelay;
let circuit: MemoryCircuitStore;
let metrics: MemoryMetrics;
let time: Date;
beforeEach(() => {
  relay = memoryRelay();
  circuit = memoryCircuitStore();
  metrics = memoryMetrics();
  time = atSecond(0);
});

const enter = (rate = memoryRateCounter()): Promise<Admission> =>
  admit({
    relay,
    circuit,
    rate,
    metrics,
    settings: SETTINGS,
    now: () => time,
    wait: async () => undefined,
    random: () => 0,
  });

type Admitted = Extract<Admission, { admitted: true }>;
async function entered(): Promise<Admitted> {
  const admission = await enter();
  if (!admission.admitted) throw new Error(admission.failure.code);
  return admission;
}

const ask = ({ relay: watched }: Admitted) => watched.submit(COPY as Envelope);
const codeOf = (admission: Admission) => (admission.admitted ? 'admitted' : admission.failure.code);

/** Workers come one after the other, and each meets this. */
async function meet(behaviour: RelayBehaviour, times = 1): Promise<void> {
  relay.behave(behaviour);
  for (let n = 0; n < times; n += 1) {
    const worker = await entered();
    await ask(worker);
    await worker.leave();
  }
}

describe('the circuit of a relay', () => {
  test.each(['is-unreachable', 'rejects-credentials', 'takes-without-answer'] as const)(
    'deliver/circuit-open: after so many times that it %s nobody asks it for a while',
    async (behaviour) => {
      await meet(behaviour, 2);
      expect(metrics.of('CircuitOpened')).toEqual([]);
      await meet(behaviour);
      expect(metrics.of('CircuitOpened')).toEqual([1]);
      expect(await enter()).toEqual({
        admitted: false,
        failure: { code: 'deliver/circuit-open' },
        until: atSecond(61),
      });
      time = atSecond(59.999);
      expect(codeOf(await enter())).toBe('deliver/circuit-open');
    },
  );

  test.each(['takes', 'refuses', 'defers'] as const)(
    'stays closed when it %s in between: it works',
    async (behaviour) => {
      await meet('is-unreachable', 2);
      await meet(behaviour);
      await meet('is-unreachable', 2);
      expect(codeOf(await enter())).toBe('admitted');
    },
  );

  test.each(['refuses', 'defers'] as const)(
    'stays closed however often it %s: that may be about the recipients',
    async (behaviour) => {
      await meet(behaviour, 10);
      expect(codeOf(await enter())).toBe('admitted');
    },
  );

  test('lets one try when its time is over, and everybody when that one was answered', async () => {
    await meet('is-unreachable', 3);
    time = atSecond(60);
    relay.behave('defers');
    const probe = await entered();
    expect(codeOf(await enter())).toBe('deliver/circuit-open');
    await ask(probe);
    expect([codeOf(await enter()), codeOf(await enter())]).toEqual(['admitted', 'admitted']);
  });

  test('of several who try at once one may', async () => {
    await meet('is-unreachable', 3);
    time = atSecond(60);
    const all = await Promise.all(Array.from({ length: 5 }, () => enter()));
    expect(all.map(codeOf).sort()).toEqual(['admitted', ...Array(4).fill('deliver/circuit-open')]);
  });

  test('opens again when the one that tried failed too, and says so again', async () => {
    await meet('is-unreachable', 3);
    time = atSecond(60);
    await meet('is-unreachable');
    expect(metrics.of('CircuitOpened')).toEqual([1, 1]);
    time = atSecond(119);
    expect(codeOf(await enter())).toBe('deliver/circuit-open');
    time = atSecond(120);
    expect(codeOf(await enter())).toBe('admitted');
  });

  test('lets the next one try when the one before died, after as long again', async () => {
    await meet('is-unreachable', 3);
    time = atSecond(60);
    await entered();
    time = atSecond(119);
    expect(codeOf(await enter())).toBe('deliver/circuit-open');
    time = atSecond(120);
    expect(codeOf(await enter())).toBe('admitted');
  });

  test('lets the next one try at once when the one before had nothing to ask, or no turn', async () => {
    await meet('is-unreachable', 3);
    time = atSecond(60);
    await (await entered()).leave();
    const full = { count: async () => false };
    expect(codeOf(await enter(full))).toBe('deliver/rate-limited');
    expect(codeOf(await enter())).toBe('admitted');
  });

  test('opens once for those who were at the relay together', async () => {
    const together = [await entered(), await entered(), await entered(), await entered()];
    relay.behave('is-unreachable');
    for (const worker of together) await ask(worker);
    expect(metrics.of('CircuitOpened')).toEqual([1]);
  });

  test('is closed when what is known of it is lost', async () => {
    await meet('is-unreachable', 3);
    circuit.forget();
    expect(codeOf(await enter())).toBe('admitted');
  });

  test('costs no write as long as the relay works', async () => {
    await meet('takes', 5);
    expect((await circuit.read()).version).toBe(0);
  });
});

test('deliver/rate-limited: no turn so soon, and the next try is in a second or some', async () => {
  expect(await enter({ count: async () => false })).toEqual({
    admitted: false,
    failure: { code: 'deliver/rate-limited' },
    until: atSecond(1),
  });
});
