import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { Log } from '../../../log.ts';
import type { AnswerCounter } from '../../../notification/letter/answer.ts';
import { countingUpTo } from './counting.ts';
import { faultsIn, quickClient, type ScratchOptions } from './quick-client.ts';

/** Until nobody counts in that day any more, whatever his clock says. */
const KEPT_SECONDS = 2 * 86_400;

/**
 * One item for each address or domain and day. Of a count that fails nobody knows what it came to: it is refused, and
 * told.
 */
export function scratchAnswerCounter(tableName: string, options: ScratchOptions): AnswerCounter {
  const { onFault, client = quickClient() } = options;
  return {
    async count(whom, day, most) {
      const key = { pk: `ANSWERS#${whom}`, sk: dayOf(day) };
      const until = Math.floor(day.getTime() / 1000) + KEPT_SECONDS;
      try {
        await client.send(countingUpTo(most, tableName, key, until));
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) onFault(error);
        return false;
      }
    },
  };
}

/** The one of a function, which says in its log what failed. */
export const answerCounter = (
  { SCRATCH_TABLE }: { readonly SCRATCH_TABLE: string },
  log: Log,
): AnswerCounter => scratchAnswerCounter(SCRATCH_TABLE, { onFault: faultsIn(log) });

const dayOf = (date: Date): string => date.toISOString().slice(0, 'YYYY-MM-DD'.length);
