import type { Fact } from '../../../shared/transmission/facts.ts';
import type { Chance } from '../kernel/chance.ts';
import { RECIPIENTS } from './identities.ts';

/** What people and systems do in a run; seconds count from its beginning. */
export interface Story {
  readonly deeds: readonly Deed[];
}

export type Deed = {
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
    }
  | { readonly what: 'event'; readonly name: string; readonly type: string }
  | { readonly what: 'upload'; readonly filling: number }
  /** Of a request, or of one address of it. */
  | { readonly what: 'revoke'; readonly name: string; readonly address?: string }
  | { readonly what: 'revoke-all' }
  /** Somebody looks what became of the copies. */
  | { readonly what: 'look' }
);

const EVENTS = ['discharge', 'encounter-ended', 'result-available', 'claim-adjudicated'] as const;

const HOUR = 3600;

/** A few requests, a few reasons to send, and people who change their minds at every moment of it. */
export function storyBy(chance: Chance): Story {
  const requests = Array.from({ length: chance.count(1, 2) }, (_, at) => share(chance, at));
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
  return { deeds: [...requests, ...happenings, ...stops, ...looks] };
}

type Share = Extract<Deed, { what: 'share' }>;

function share(chance: Chance, at: number): Share {
  const addresses = RECIPIENTS.filter(() => chance.happens(0.3));
  const frequency = chance.weighted({ 'on-update': 3, once: 1 });
  return {
    second: chance.between(0, 300),
    what: 'share',
    name: `share-${at}`,
    addresses: addresses.length > 0 ? addresses : [chance.pick(RECIPIENTS.slice(0, 2))],
    frequency,
    sendNow: frequency === 'once' || chance.happens(0.5),
  };
}

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
