import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Key } from '../table.ts';

/**
 * Counts one more in an item, on the condition that fewer than `most` were counted. Its answer
 * has how many there are now, as `counted`.
 *
 * @param untilSeconds since 1970: when the item may go
 */
export const countingUpTo = (
  most: number,
  tableName: string,
  key: Key,
  untilSeconds: number,
): UpdateItemCommand =>
  new UpdateItemCommand({
    TableName: tableName,
    Key: marshall(key),
    UpdateExpression: 'SET expiresAtSeconds = :until ADD #counted :one',
    ReturnValues: 'UPDATED_NEW',
    ConditionExpression: 'attribute_not_exists(#counted) OR #counted < :most',
    ExpressionAttributeNames: { '#counted': 'counted' },
    ExpressionAttributeValues: marshall({ ':one': 1, ':most': most, ':until': untilSeconds }),
  });
