import { later } from '../clock.ts';
import type { Metrics } from '../metrics.ts';
import type { Failure } from '../outcome.ts';
import type { Settings } from '../settings.ts';
import {
  afterAnswer,
  afterFailure,
  afterNoProbe,
  type CircuitState,
  type CircuitStore,
  isOfTheRelay,
  passageOf,
} from './circuit.ts';
import { takeTurn, type RatePorts } from './rate.ts';
import type { Relay } from './relay.ts';

export interface AdmissionPorts extends RatePorts {
  readonly circuit: CircuitStore;
  readonly relay: Relay;
  readonly settings: Pick<Settings, 'relay'>;
  readonly metrics: Metrics;
}

/** Whether a worker may ask the relay now. */
export type Admission =
  | {
      readonly admitted: true;
      /** The relay, watched: what comes of asking it opens or closes its circuit. */
      readonly relay: Relay;
      /** Said by the worker when it is done, whatever came of it. */
      readonly leave: () => Promise<void>;
    }
  | { readonly admitted: false; readonly failure: Failure; readonly until: Date };

/** Those who were held back together come back one after the other, as far as that can be had without asking anybody. */
const SPREAD_SECONDS = 5;

/**
 * Asks for leave to give the relay one more copy. It is asked for before anything is prepared or claimed, so that what
 * has to wait costs next to nothing.
 *
 * `deliver/circuit-open` and `deliver/rate-limited` are why a copy has to wait.
 */
export async function admit(ports: AdmissionPorts): Promise<Admission> {
  const { now, settings, random } = ports;
  const spread = 1 + SPREAD_SECONDS * random();
  const entry = await enter(ports);
  if ('until' in entry) {
    const until = later(entry.until, spread);
    return { admitted: false, failure: { code: 'deliver/circuit-open' }, until };
  }
  const watched = watch(entry, ports);
  if (await takeTurn(settings.relay.copiesPerSecond, ports)) return { admitted: true, ...watched };
  await watched.leave();
  const until = later(now(), spread);
  return { admitted: false, failure: { code: 'deliver/rate-limited' }, until };
}

interface Entry {
  readonly state: CircuitState;
  readonly isProbe: boolean;
}

async function enter(ports: AdmissionPorts): Promise<Entry | { readonly until: Date }> {
  const { circuit, now, settings } = ports;
  const at = now();
  const state = await circuit.read();
  const passage = passageOf(state, at, settings.relay);
  if (passage.kind === 'closed') return { state, isProbe: false };
  if (passage.kind === 'open') return passage;
  return (await circuit.replace(passage.after))
    ? { state: passage.after, isProbe: true }
    : { until: later(at, settings.relay.circuitOpenSeconds) };
}

function watch(
  { state, isProbe }: Entry,
  ports: AdmissionPorts,
): { readonly relay: Relay; readonly leave: () => Promise<void> } {
  const { circuit, relay, now, settings, metrics } = ports;
  const isSpotless = state.failures === 0 && state.openUntil === undefined;
  let asked = false;
  return {
    relay: {
      form: relay.form,
      ...(relay.endpoint !== undefined && { endpoint: relay.endpoint }),
      maxMessageBytes: relay.maxMessageBytes,
      async submit(envelope) {
        asked = true;
        const answer = await relay.submit(envelope);
        if (!answer.ok && isOfTheRelay(answer.failure.code)) {
          const rule = { isProbe, settings: settings.relay };
          const opens = await change(circuit, (known) => afterFailure(known, now(), rule));
          if (opens) metrics.put('CircuitOpened', 1);
        } else if (!isSpotless) {
          await change(circuit, (known) => ({ after: afterAnswer(known), opens: false }));
        }
        return answer;
      },
    },
    leave: async () => {
      if (isProbe && !asked) await circuit.replace(afterNoProbe(state, now()));
    },
  };
}

/** Of so many who learn the same at once one is enough. */
const TRIES = 5;

/** @returns whether this opened the circuit */
async function change(
  circuit: CircuitStore,
  decide: (known: CircuitState) => { readonly after: CircuitState; readonly opens: boolean },
): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { after, opens } = decide(await circuit.read());
    if (await circuit.replace(after)) return opens;
  }
  return false;
}
