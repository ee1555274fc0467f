import type { Envelope, Relay } from '../../../shared/deliver/relay.ts';
import { fail } from '../../../shared/outcome.ts';
import { memoryRelay, type RelayBehaviour } from '../../support/memory/relay.ts';
import type { Chance } from '../kernel/chance.ts';

export type RelayManner = Exclude<RelayBehaviour, 'dies-after-taking'> | 'loses-and-says-nothing';

/** A relay of moods. `left` hears of each copy that it has taken. */
export function moodyRelay(
  chance: Chance,
  manners: Readonly<Record<RelayManner, number>>,
  left: (envelope: Envelope) => void,
): Relay {
  const relay = memoryRelay();
  return {
    ...relay,
    async submit(envelope) {
      const manner = chance.weighted(manners);
      if (manner === 'loses-and-says-nothing') return fail('deliver/unanswered');
      relay.behave(manner);
      const answered = await relay.submit(envelope);
      if (manner === 'takes' || manner === 'takes-without-answer') left(envelope);
      return answered;
    },
  };
}
