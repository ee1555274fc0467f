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
  { firstContact: 'probe', triggers: AT_ONCE },
];

const HOUR_MS = 3_600_000;

/** How bad it is. In a fury hardly anything works at the first try, for days. */
const SORTS = { fair: 60, wild: 30, furious: 10 } as const;

type Sort = keyof typeof SORTS;

export function scenarioBy(chance: Chance, start: Date): Scenario {
  const sort = chance.weighted<Sort>(SORTS);
  return {
    weather: weatherBy(chance, sort, start),
    climate: climateBy(chance, sort),
    differing: chance.pick(SETTINGS),
    hasRecord: chance.happens(0.9),
    hasWebhook: chance.happens(0.25),
    story: storyBy(chance, start),
  };
}

function weatherBy(chance: Chance, sort: Sort, start: Date): Weather {
  const until = (hours: number): Date =>
    new Date(start.getTime() + chance.between(0.2, hours) * HOUR_MS);
  if (sort === 'furious') {
    const faults = { faultRate: chance.pick([0.1, 0.2]), mostFaults: 200, stallRate: 0.02 };
    return { ...faults, slowestMs: chance.pick([50, 1000, 6000]), until: until(100) };
  }
  return {
    faultRate: chance.pick([0.005, 0.02, 0.06]),
    mostFaults: chance.pick([3, 10, 30]),
    stallRate: sort === 'wild' ? 0.01 : 0.001,
    slowestMs: chance.pick([20, 300, 3000]),
    until: until(30),
  };
}

const LOST = {
  fair: { losses: 0.05, repeats: 0.2, delays: 0.1, sweepLosses: 0.05, webhookFaults: 0.02 },
  wild: { losses: 0.3, repeats: 0.5, delays: 0.1, sweepLosses: 0.3, webhookFaults: 0.3 },
  furious: { losses: 0.5, repeats: 0.9, delays: 0.5, sweepLosses: 0.5, webhookFaults: 0.5 },
} as const satisfies Record<Sort, object>;

function climateBy(chance: Chance, sort: Sort): Climate {
  return {
    ...LOST[sort],
    workers: chance.count(1, 5),
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
