import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { RateCounter } from '../../../deliver/rate.ts';
import { quickClient } from './quick-client.ts';

export interface ScratchOptions {
  /** Told of every call that failed. */
  readonly onFault: (error: unknown) => void;
  readonly client?: DynamoDBClient;
}

/** Long enough that no worker counts in a second whose count is gone, whatever its clock says. */
const KEPT_SECONDS = 600;

/**
 * One item for each second and shard. A count that fails lets pass, and is said.
 *
 * @param relay tells relays apart; at most 100 characters, and nothing that a key may not say
 * @see docs/table.md
 */
export function scratchRateCounter(
  tableName: string,
  relay: string,
  { onFault, client = quickClient() }: ScratchOptions,
): RateCounter {
  return {
    async count(second, shard, most) {
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
      try {
        await client.send(command);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        onFault(error);
        return true;
      }
    },
  };
}
