import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { RateCounter } from '../../../deliver/rate.ts';
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
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: marshall({ pk: `RATE#${relay}#${shard}`, sk: `${second}` }),
        UpdateExpression: 'SET expiresAtSeconds = :until ADD #counted :one',
        ConditionExpression: 'attribute_not_exists(#counted) OR #counted < :most',
        ExpressionAttributeNames: { '#counted': 'counted' },
        ExpressionAttributeValues: marshall({
          ':one': 1,
          ':most': most,
          ':until': second + KEPT_SECONDS,
        }),
      });
      return wasWritten(client.send(command), options);
    },
  };
}
