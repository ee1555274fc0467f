import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalSystem, type LocalSystem } from '../../../infra/local/local-system.ts';
import type { SettingsInput } from '../../../shared/settings.ts';
import { leftOver } from '../invariants/left-over.ts';
import { violationsIn } from '../invariants/invariants.ts';
import type { Violation } from '../invariants/violation.ts';
import { Chance } from '../kernel/chance.ts';
import { Witness } from '../world/witness.ts';
import { asking } from './client.ts';
import { killAtRandom } from './killer.ts';
import { startListener, type Listener } from './listener.ts';
import { livePatient } from './people.ts';
import { startChaoticRelay } from './relay.ts';
import { tablesOf, type Tables } from './replay.ts';
import { lifeOf } from './seen.ts';

/** Everything is over soon; a lease lasts longer than a copy takes on a machine that has too much to do. */
const SETTINGS: Partial<SettingsInput> = {
  deadlines: {
    leaseSeconds: 12,
    uncertainGraceSeconds: 4,
    processedWithinSeconds: 20,
    dispatchedWithinSeconds: 20,
    retryForSeconds: 40,
    retryAfterSeconds: [1, 2, 5],
    doorbellLostAfterSeconds: 4,
    unresolvedAfterSeconds: 60,
  },
  triggers: {
    quietSeconds: 1,
    atMostSeconds: 3,
    staleRecordWaitSeconds: 0,
    noRecordWaitSeconds: 10,
  },
  relay: { circuitOpensAfterFailures: 8, circuitOpenSeconds: 3 },
};

const PATIENTS = 4;
/** What is under way when the killing ends: the longest chain of deadlines, on a slow machine. */
const DRAIN_SECONDS = 240;

export interface Stormed {
  readonly crashes: number;
  readonly handedOver: number;
  readonly violations: readonly Violation[];
}

/** How long it may go on, and how much has to happen in it: a machine that has too much to do gets five times as long. */
export interface Force {
  readonly seconds: number;
  /** Copies that have to leave. */
  readonly copies?: number;
}

/**
 * The real functions on the local engines, under load, with workers killed at random; then what must hold of it.
 *
 * @param seen is shown the system when all is over
 */
export async function storm(
  { seconds, copies = 0 }: Force,
  say: (line: string) => void,
  seen: (system: LocalSystem) => void = () => undefined,
): Promise<Stormed> {
  const chance = new Chance(`chaos ${Date.now()}`);
  const witness = new Witness({ now: () => new Date(), count: () => performance.now() });
  const listener = await startListener();
  const relay = await startChaoticRelay(chance, (envelope) => witness.left(envelope));
  try {
    const system = await startLocalSystem({
      settings: SETTINGS,
      relayUrl: `smtp://${relay.address}`,
      minuteLastsSeconds: 1,
    });
    try {
      relay.connect(system.partner.address);
      say('the local system is up');
      const crashes = await suffer(system, { witness, listener, chance, seconds, copies }, say);
      relay.calm();
      const stormed = await reckoned(system, { witness, listener, crashes }, say);
      seen(system);
      return stormed;
    } finally {
      await system.close();
    }
  } finally {
    await relay.close();
    listener.close();
  }
}

interface Suffering extends Required<Force> {
  readonly witness: Witness;
  readonly listener: Listener;
  readonly chance: Chance;
}

/** @returns how many workers were killed */
async function suffer(
  system: LocalSystem,
  { witness, listener, chance, seconds, copies }: Suffering,
  say: (line: string) => void,
): Promise<number> {
  const admin = await asking(system, { kind: 'admin' });
  const ehr = await asking(system, { kind: 'system' });
  await admin('POST /v1/webhooks', { url: listener.url });
  const until = Date.now() + seconds * 1000;
  const latest = until + 4 * seconds * 1000;
  const isOver = (): boolean => Date.now() > (witness.copies.length < copies ? latest : until);
  const ids = Array.from({ length: PATIENTS }, (_, at) => `patient-${at + 1}`);
  const lives = ids.map(async (patientId) => {
    const portal = await asking(system, { kind: 'patient', patient: patientId });
    return livePatient({ ehr, portal, patientId, chance, witness, isOver });
  });
  const killing = killAtRandom(system.cloud.functions, chance, isOver);
  const progress = setInterval(
    () =>
      say(
        `${Math.max(0, Math.round((until - Date.now()) / 1000))} s to go, ${witness.copies.length} copies left`,
      ),
    15_000,
  );
  try {
    await Promise.all(lives);
    return await killing;
  } finally {
    clearInterval(progress);
  }
}

async function reckoned(
  system: LocalSystem,
  { witness, listener, crashes }: Pick<Suffering, 'witness' | 'listener'> & { crashes: number },
  say: (line: string) => void,
): Promise<Stormed> {
  const tables = tablesOf(system);
  try {
    const isQuiet = await calm(tables, witness, say);
    const life = await lifeOf(witness, tables, {
      published: system.engines.eventBus.events.map(({ detail }) => detail),
      heard: listener.bodies,
    });
    const violations = await violationsIn(life, isQuiet);
    return { crashes, handedOver: witness.copies.length, violations };
  } finally {
    tables.close();
  }
}

/** Waits until nothing waits any more. */
async function calm(
  tables: Tables,
  witness: Witness,
  say: (line: string) => void,
): Promise<boolean> {
  const until = Date.now() + DRAIN_SECONDS * 1000;
  say(`it is over; what is under way comes to its end (${witness.copies.length} copies left)`);
  while (Date.now() < until) {
    const items = await tables.main();
    const waiting = leftOver({ table: { items: () => items } });
    if (waiting.length === 0) {
      // What was written last is still to be told.
      await sleep(5000);
      return true;
    }
    await sleep(2000);
  }
  return false;
}
