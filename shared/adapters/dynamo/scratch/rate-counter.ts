import type { RateCounter } from '../../../deliver/rate.ts';
import { countingUpTo } from './counting.ts';
import { quickClient, wasWritten, type ScratchOptions } from './quick-client.ts';

/** Long enough that no worker counts in a second whose count is gone, whatever its clock says. */
const KEPT_SECONDS = 600;

/**
 * One item for each second and shard. A count that fails lets pass, and is told.
 *
 * @param relay tells relays apart; at most 100 characters, and nothing that a key may not say
 * @see docs/table.md
 */
export function scratchRateCounter(
  tableName: string,
  relay: string,
  options: ScratchOptions,
): RateCounter {
  const { client = quickClient() } = options;
  return {
    count(second, shard, most) {
      const key = { pk: `RATE#${relay}#${shard}`, sk: `${second}` };
      const command = countingUpTo(most, tableName, key, second + KEPT_SECONDS);
      return wasWritten(client.send(command), options);
    },
  };
}
