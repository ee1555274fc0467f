import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Now } from '../../../clock.ts';
import { CLOSED, type CircuitState, type CircuitStore } from '../../../deliver/circuit.ts';
import { quickClient, wasWritten, type ScratchOptions } from './quick-client.ts';

const State = z.object({
  schema: z.literal(1),
  failures: z.int().min(0),
  openUntil: z.iso.datetime().optional(),
  version: z.int().positive(),
});

/** Longer than a circuit stays as it is without anybody asking the relay. */
const KEPT_SECONDS = 86_400;

/**
 * One item for each relay. What cannot be read, or is of another schema, is taken for a relay that fares well, and what
 * cannot be written for written: both are said.
 *
 * @param relay as in `scratchRateCounter`
 */
export function scratchCircuit(
  tableName: string,
  relay: string,
  options: ScratchOptions & { readonly now: Now },
): CircuitStore {
  const { now, onFault, client = quickClient() } = options;
  const key = { pk: `CIRCUIT#${relay}`, sk: 'STATE' };

  return {
    async read() {
      const command = new GetItemCommand({
        TableName: tableName,
        Key: marshall(key),
        ConsistentRead: true,
      });
      try {
        const { Item } = await client.send(command);
        return Item ? stateOf(unmarshall(Item)) : CLOSED;
      } catch (error) {
        onFault(error);
        return CLOSED;
      }
    },

    replace(after) {
      const expiresAtSeconds = Math.floor(now().getTime() / 1000) + KEPT_SECONDS;
      const item = { ...key, ...after, schema: 1, expiresAtSeconds };
      const command = new PutItemCommand({
        TableName: tableName,
        Item: marshall(item, { removeUndefinedValues: true }),
        ConditionExpression: 'attribute_not_exists(#version) OR #version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: marshall({ ':before': after.version - 1 }),
      });
      return wasWritten(client.send(command), options);
    },
  };
}

function stateOf(item: unknown): CircuitState {
  const { data } = State.safeParse(item);
  if (!data) return CLOSED;
  const { failures, version, openUntil } = data;
  return { failures, version, ...(openUntil !== undefined && { openUntil }) };
}
