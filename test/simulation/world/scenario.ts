import type { Weather } from '../kernel/seeded-faults.ts';
import type { Chance } from '../kernel/chance.ts';
import { CALM_CLIMATE } from './calm.ts';
import type { Differing } from './settings.ts';
import { storyBy, type Story } from './story.ts';
import type { Climate } from './world.ts';

/** Everything that a seed decides before the run begins. */
export interface Scenario {
  readonly weather: Weather;
  readonly climate: Climate;
  readonly differing: Differing;
  readonly hasRecord: boolean;
  readonly hasWebhook: boolean;
  readonly story: Story;
}

/** The record need not be newer than what happened. */
const AT_ONCE = { staleRecordWaitSeconds: 0 } as const;

/** Each is parsed once, so there are few. */
const SETTINGS: readonly Differing[] = [
  {},
  { triggers: { ...AT_ONCE, quietSeconds: 10, atMostSeconds: 30 } },
  { uncertain: 'hold', triggers: { ...AT_ONCE, staleRecord: 'fail', noRecordWaitSeconds: 600 } },
  {
    triggers: AT_ONCE,
    deadlines: { retryAfterSeconds: [20, 60], doorbellLostAfterSeconds: 90 },
    requests: { failuresBeforePause: 2, recheckAfterSeconds: 86_400 },
  },
  {
    processedIsEnough: ['direct.clinic.example'],
    triggers: { ...AT_ONCE, copiesADay: 2 },
    deadlines: { uncertainGraceSeconds: 60, processedWithinSeconds: 900 },
  },
];

const HOUR_MS = 3_600_000;

export function scenarioBy(chance: Chance, start: Date): Scenario {
  const isWild = chance.happens(0.3);
  return {
    weather: {
      faultRate: chance.pick([0.005, 0.02, 0.06]),
      mostFaults: chance.pick([3, 10, 30]),
      stallRate: isWild ? 0.01 : 0.001,
      slowestMs: chance.pick([20, 300, 3000]),
      until: new Date(start.getTime() + chance.between(0.2, 30) * HOUR_MS),
    },
    climate: climateBy(chance, isWild),
    differing: chance.pick(SETTINGS),
    hasRecord: chance.happens(0.9),
    hasWebhook: chance.happens(0.25),
    story: storyBy(chance, start),
  };
}

function climateBy(chance: Chance, isWild: boolean): Climate {
  return {
    losses: isWild ? 0.3 : 0.05,
    repeats: isWild ? 0.5 : 0.2,
    delays: 0.1,
    sweepLosses: isWild ? 0.3 : 0.05,
    workers: chance.count(1, 4),
    webhookFaults: isWild ? 0.3 : 0.02,
    relayEvents: chance.pick([0, 0, 0.7]),
    relay: {
      takes: 12,
      refuses: 0.3,
      defers: 1,
      'is-unreachable': 1,
      'rejects-credentials': 0.3,
      'takes-without-answer': 1.5,
      'loses-and-says-nothing': 1,
    },
    partners: chance.happens(0.2)
      ? CALM_CLIMATE.partners
      : {
          answers: 6,
          'answers-late': 1,
          'dispatches-late': 1,
          'dispatches-first': 1,
          'processes-only': 1,
          'dispatches-only': 1,
          fails: 1,
          'says-nothing': 1.5,
          'says-nonsense': 0.5,
          'bounces-unsigned': 0.5,
          'confirms-unsigned': 0.5,
          'is-forged': 1,
        },
  };
}
