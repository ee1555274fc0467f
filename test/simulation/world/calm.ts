import type { Faults } from '../kernel/fault.ts';
import type { Climate } from './world.ts';

export const NO_FAULTS: Faults = {
  next: () => 'none',
  waits: () => ({ stall: 0, effect: 2, answer: 2 }),
};

/** Everything works and everybody answers. */
export const CALM_CLIMATE: Climate = {
  losses: 0,
  repeats: 0,
  delays: 0,
  sweepLosses: 0,
  workers: 2,
  webhookFaults: 0,
  relayEvents: 0,
  relay: {
    takes: 1,
    refuses: 0,
    defers: 0,
    'is-unreachable': 0,
    'rejects-credentials': 0,
    'takes-without-answer': 0,
    'loses-and-says-nothing': 0,
  },
  partners: {
    answers: 1,
    'answers-late': 0,
    'dispatches-late': 0,
    'dispatches-first': 0,
    'processes-only': 0,
    'dispatches-only': 0,
    fails: 0,
    'says-nothing': 0,
    'says-nonsense': 0,
    'bounces-unsigned': 0,
    'confirms-unsigned': 0,
    'is-forged': 0,
  },
};

/** Everything works, and no recipient ever says anything. */
export const SILENT_CLIMATE: Climate = {
  ...CALM_CLIMATE,
  partners: { ...CALM_CLIMATE.partners, answers: 0, 'says-nothing': 1 },
};
