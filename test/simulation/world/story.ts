import type { Fact } from '../../../shared/transmission/facts.ts';
import type { Chance } from '../kernel/chance.ts';
import { RECIPIENTS } from './identities.ts';
import { type Wish, wishesBy } from './wishes.ts';

/** What people and systems do in a run; seconds count from its beginning. */
export interface Story {
  readonly deeds: readonly Deed[];
}

export type Deed = Wish | OtherDeed;

type OtherDeed = {
  readonly second: number;
  /** They count from the first fact of this kind instead. */
  readonly after?: Fact['kind'];
} & (
  | {
      readonly what: 'share';
      /** Tells requests apart: the caller's idempotency key. */
      readonly name: string;
      readonly addresses: readonly string[];
      readonly frequency: string;
      readonly sendNow: boolean;
      /** Of a daily one. */
      readonly schedule?: object;
      readonly until?: string;
      /** Which events it follows; absent: all. */
      readonly triggers?: readonly string[];
      /** A guardian asks, whose authority ends then; absent: the patient. */
      readonly authorityUntil?: string;
    }
  | {
      readonly what: 'event';
      readonly name: string;
      readonly type: string;
      readonly cancels?: true;
    }
  | { readonly what: 'upload'; readonly filling: number }
  /** The record is taken away. */
  | { readonly what: 'remove' }
  /** Of a request, or of one address of it. */
  | { readonly what: 'revoke'; readonly name: string; readonly address?: string }
  | { readonly what: 'revoke-all' }
  | { readonly what: 'resume'; readonly name: string; readonly as?: 'representative' }
  /** The patient's death becomes known. */
  | { readonly what: 'die' }
  /** A second registration of the patient is given up for the first, or the first for it. */
  | { readonly what: 'merge'; readonly survivor: 'ana' | 'ana-2' }
  /** An operator looks into the copy that `after` is about. */
  | { readonly what: 'retry' | 'resolve' }
  /** Somebody looks what became of the copies. */
  | { readonly what: 'look' }
);

const EVENTS = ['discharge', 'encounter-ended', 'result-available', 'claim-adjudicated'] as const;

const HOUR = 3600;

/** A few requests, a few reasons to send, and people who change their minds at every moment of it. */
export function storyBy(chance: Chance, start: Date): Story {
  const requests = Array.from({ length: chance.count(1, 2) }, (_, at) => share(chance, at, start));
  const happenings = Array.from({ length: chance.count(0, 3) }, (_, at) =>
    chance.happens(0.75) ? event(chance, at) : upload(chance, at),
  );
  const moments = [...requests, ...happenings].map(({ second }) => second);
  const stops = Array.from({ length: Number(chance.weighted({ 0: 4, 1: 5, 2: 1 })) }, () =>
    stop(chance, requests, moments),
  );
  const looks = Array.from({ length: chance.count(0, 2) }, (): Deed => ({
    second: chance.between(0, 30 * HOUR),
    what: 'look',
  }));
  return {
    deeds: [
      ...requests,
      ...happenings,
      ...stops,
      ...looks,
      ...seconds(chance, happenings, requests),
      ...departures(chance, requests, moments),
      ...wishesBy(chance.apart('wishes'), requests, moments),
    ],
  };
}

type Share = Extract<Deed, { what: 'share' }>;

/** What is called off, resumed, or taken in hand. */
function seconds(
  chance: Chance,
  happenings: readonly Deed[],
  requests: readonly Share[],
): readonly Deed[] {
  const cancelled = happenings.find(({ what }) => what === 'event');
  return [
    ...(cancelled?.what === 'event' && chance.happens(0.2) ? [cancel(chance, cancelled)] : []),
    ...(chance.happens(0.05)
      ? [{ second: chance.between(0, 4 * HOUR), what: 'remove' } as const]
      : []),
    ...(chance.happens(0.15)
      ? [{ second: chance.between(0, 30 * HOUR), what: 'resume', name: requests[0]!.name } as const]
      : []),
    ...(chance.happens(0.15)
      ? [{ second: chance.between(0, 900), after: 'deferred', what: 'retry' } as const]
      : []),
    ...(chance.happens(0.15)
      ? [{ second: chance.between(0, 1800), after: 'uncertain', what: 'resolve' } as const]
      : []),
  ];
}

/** Mostly just after something that makes copies leave. Then somebody lets what is paused go on. */
function departures(
  chance: Chance,
  requests: readonly Share[],
  moments: readonly number[],
): readonly Deed[] {
  const sort = chance.weighted({ none: 7, die: 1, ana: 1, 'ana-2': 1 });
  if (sort === 'none') return [];
  const second = chance.pick(moments) + chance.between(0, chance.pick([3, 30, 600, 3 * HOUR]));
  const { name } = chance.pick(requests);
  const going: Deed = { second: second + chance.between(0, HOUR), what: 'resume', name };
  return [
    sort === 'die' ? { second, what: sort } : { second, what: 'merge', survivor: sort },
    sort === 'die' && chance.happens(0.7) ? { ...going, as: 'representative' } : going,
  ];
}

const cancel = (chance: Chance, event: Extract<Deed, { what: 'event' }>): Deed => ({
  ...event,
  name: `${event.name}-off`,
  second: event.second + chance.between(0, 400),
  cancels: true,
});

function share(chance: Chance, at: number, start: Date): Share {
  const addresses = RECIPIENTS.filter(() => chance.happens(0.3));
  const frequency = chance.weighted({ 'on-update': 6, once: 2, daily: 1 });
  return {
    second: chance.between(0, 300),
    what: 'share',
    name: `share-${at}`,
    addresses: addresses.length > 0 ? addresses : [chance.pick(RECIPIENTS.slice(0, 2))],
    frequency,
    sendNow: frequency === 'once' || chance.happens(0.5),
    ...(frequency === 'daily' ? dailyFor(chance, start) : {}),
    ...(frequency === 'on-update' && chance.happens(0.1)
      ? { until: new Date(start.getTime() + chance.between(1, 6) * HOUR * 1000).toISOString() }
      : {}),
    ...(frequency === 'on-update' && chance.happens(0.2)
      ? { triggers: ['discharge', 'result-available'] }
      : {}),
    ...(chance.happens(0.25)
      ? {
          authorityUntil: soonAfter(chance, start),
        }
      : {}),
  };
}

/** Mostly while copies are on their way. */
const soonAfter = (chance: Chance, start: Date): string => {
  const inSeconds = 300 + chance.between(0, chance.pick([300, 1800, 5 * HOUR]));
  return new Date(start.getTime() + inSeconds * 1000).toISOString();
};

const dailyFor = (chance: Chance, start: Date): Pick<Share, 'schedule' | 'until'> => ({
  schedule: { at: `0${chance.count(0, 9)}:30`, timeZone: 'America/Chicago' },
  until: new Date(start.getTime() + chance.between(12, 60) * HOUR * 1000).toISOString(),
});

const event = (chance: Chance, at: number): Deed => ({
  second: chance.between(0, 4 * HOUR),
  what: 'event',
  name: `event-${at}`,
  type: chance.pick(EVENTS),
});

const upload = (chance: Chance, at: number): Deed => ({
  second: chance.between(0, 4 * HOUR),
  what: 'upload',
  filling: at + 1,
});

/** Mostly just after something that makes copies leave, or while one does. */
function stop(chance: Chance, requests: readonly Share[], moments: readonly number[]): Deed {
  const within = chance.pick([3, 30, 600, 3 * HOUR]);
  const when = chance.happens(0.5)
    ? { second: chance.pick(moments) + chance.between(0, within) }
    : { second: chance.between(0, within), after: chance.pick(MOMENTS) };
  if (chance.happens(0.2)) return { ...when, what: 'revoke-all' };
  const { name, addresses } = chance.pick(requests);
  const address = chance.happens(0.4) ? { address: chance.pick(addresses) } : {};
  return { ...when, what: 'revoke', name, ...address };
}

const MOMENTS = ['requested', 'intent', 'deferred', 'uncertain', 'accepted'] as const;
