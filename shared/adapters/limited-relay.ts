import { setTimeout as sleep } from 'node:timers/promises';
import type { AdmissionPorts } from '../deliver/admission.ts';
import { sha256 } from '../ids.ts';
import { errorNameOf, type Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { scratchCircuit } from './dynamo/scratch/circuit-store.ts';
import { quickClient } from './dynamo/scratch/quick-client.ts';
import { scratchRateCounter } from './dynamo/scratch/rate-counter.ts';
import { relayAt } from './relays.ts';

type LimitedRelay = Pick<AdmissionPorts, 'relay' | 'rate' | 'circuit' | 'wait' | 'random'>;

/**
 * The relay of a function, and what all workers together may ask of it. A fault of the table that they count in lets them
 * ask, and is said in the log. Of the relay's URL the table holds a hash: there may be a password in it.
 */
export function limitedRelay(
  env: Readonly<Record<'RELAY_URL' | 'SCRATCH_TABLE', string>>,
  settings: Pick<Settings, 'maxMessageBytes'>,
  log: Log,
): LimitedRelay {
  const name = sha256(env.RELAY_URL).slice(0, 16);
  const onFault = (error: unknown): void =>
    log.error('cache-failed', { errorName: errorNameOf(error) });
  const options = { client: quickClient(), onFault };
  return {
    relay: relayAt(env.RELAY_URL, settings),
    rate: scratchRateCounter(env.SCRATCH_TABLE, name, options),
    circuit: scratchCircuit(env.SCRATCH_TABLE, name, { ...options, now: () => new Date() }),
    wait: (seconds) => sleep(seconds * 1000),
    random: Math.random,
  };
}
