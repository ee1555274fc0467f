import type { DirectAddress } from '../ids.ts';
import type { CircuitStore } from './circuit.ts';
import type { RateCounter } from './rate.ts';
import type { Relay } from './relay.ts';

/** The way to a recipient: a relay, and what all workers together may ask of it. */
export interface Route {
  readonly relay: Relay;
  readonly rate: RateCounter;
  readonly circuit: CircuitStore;
}

/** The way to each recipient, by the domain of the address. Two ways with the same relay are one. */
export type RouteTo = (to: DirectAddress) => Route;
