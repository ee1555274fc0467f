import { setTimeout as sleep } from 'node:timers/promises';
import type { AdmissionPorts } from '../deliver/admission.ts';
import type { Route, RouteTo } from '../deliver/route.ts';
import { sha256 } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { relayUrlTo } from '../relay-way.ts';
import type { Settings } from '../settings.ts';
import { scratchCircuit } from './dynamo/scratch/circuit-store.ts';
import { faultsIn, quickClient } from './dynamo/scratch/quick-client.ts';
import { scratchRateCounter } from './dynamo/scratch/rate-counter.ts';
import { relayCredentials } from './relay-secret.ts';
import { relayAt } from './relays.ts';

interface Routing extends Pick<AdmissionPorts, 'wait' | 'random'> {
  readonly routeTo: RouteTo;
}

type Env = Readonly<Record<'RELAY_URL' | 'RELAY_SECRET' | 'SCRATCH_TABLE', string>>;

/**
 * The relays of a function, and what all workers together may ask of each. A fault of the table that they count in lets
 * them ask, and is said in the log.
 */
export function relayRoutes(
  env: Env,
  settings: Settings,
  told: { readonly log: Log; readonly metrics: Metrics },
): Routing {
  const onFault = faultsIn(told.log);
  const options = { client: quickClient(), onFault };
  const credentials = relayCredentials(env.RELAY_SECRET);
  const routeAt = (url: string): Route => {
    const name = sha256(url).slice(0, 16);
    return {
      relay: relayAt(url, settings, { credentials, ...told }),
      rate: scratchRateCounter(env.SCRATCH_TABLE, name, options),
      circuit: scratchCircuit(env.SCRATCH_TABLE, name, { ...options, now: () => new Date() }),
    };
  };
  const { routes } = settings.relay;
  const ways = new Map(
    [env.RELAY_URL, ...Object.values(routes)].map((url) => [url, routeAt(url)] as const),
  );
  return {
    routeTo: (to) => wayOf(ways, relayUrlTo(to, env.RELAY_URL, settings.relay)),
    wait: (seconds) => sleep(seconds * 1000),
    random: Math.random,
  };
}

function wayOf(ways: ReadonlyMap<string, Route>, url: string): Route {
  const way = ways.get(url);
  if (!way) throw new Error('A route leads to a relay that was not made');
  return way;
}
