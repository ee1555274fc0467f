import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { errorNameOf, type Log } from '../../../log.ts';
import type { AnswerCounter } from '../../../notification/letter/answer.ts';
import { quickClient, type ScratchOptions } from './quick-client.ts';

/** Until nobody counts in that day any more, whatever his clock says. */
const KEPT_SECONDS = 2 * 86_400;

/** One item for each address or domain and day. Of a count that fails nobody knows what it came to: it is refused, and told. */
export function scratchAnswerCounter(tableName: string, options: ScratchOptions): AnswerCounter {
  const { onFault, client = quickClient() } = options;
  return {
    async count(whom, day, most) {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: marshall({ pk: `ANSWERS#${whom}`, sk: dayOf(day) }),
        UpdateExpression: 'SET expiresAtSeconds = :until ADD #counted :one',
        ConditionExpression: 'attribute_not_exists(#counted) OR #counted < :most',
        ExpressionAttributeNames: { '#counted': 'counted' },
        ExpressionAttributeValues: marshall({
          ':one': 1,
          ':most': most,
          ':until': Math.floor(day.getTime() / 1000) + KEPT_SECONDS,
        }),
      });
      try {
        await client.send(command);
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
): AnswerCounter =>
  scratchAnswerCounter(SCRATCH_TABLE, {
    onFault: (error) => log.error('cache-failed', { errorName: errorNameOf(error) }),
  });

const dayOf = (date: Date): string => date.toISOString().slice(0, 'YYYY-MM-DD'.length);
