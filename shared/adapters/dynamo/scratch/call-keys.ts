import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Now } from '../../../clock.ts';
import {
  type CallKeys,
  KEY_KEPT_SECONDS,
  KEY_LEASE_SECONDS,
  type KeyedUse,
  type KeyFinding,
  type KeyLease,
} from '../../../door.ts';
import { quickClient, type ScratchOptions } from './quick-client.ts';

const Kept = z.object({
  schema: z.literal(1),
  fingerprint: z.string(),
  /** Carried out; else somebody has it until `leaseUntil`, in milliseconds since 1970. */
  isKept: z.boolean(),
  leaseUntil: z.number(),
});

/** A time that is over is as good as no item, whether DynamoDB has come round to it or not. */
const FREE = 'attribute_not_exists(pk) OR expiresAtSeconds <= :now';
/** Whoever asks the same may go on where somebody died. */
const LEFT = 'fingerprint = :fingerprint AND isKept = :false AND leaseUntil <= :nowMs';
/** Of a write whose answer was lost on the way, too. */
const OWN = '#owner = :owner';

/**
 * One item for each key, with a hash of what was asked under it and nothing else.
 *
 * @see docs/table.md
 */
export function scratchCallKeys(
  tableName: string,
  options: ScratchOptions & { readonly now: Now },
): CallKeys {
  const { now, onFault, client = quickClient() } = options;

  /** Somebody who came after the lease was over has it now: then what we know is no news. */
  const settle = async (lease: KeyLease, isKept: boolean): Promise<void> => {
    const seconds = secondsOf(now());
    const expiresAtSeconds = isKept ? seconds + KEY_KEPT_SECONDS : seconds;
    const item = itemOf(lease, { isKept, leaseUntil: 0, expiresAtSeconds });
    try {
      await client.send(putting(tableName, item, OWN, { ':owner': lease.owner }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) onFault(error);
    }
  };

  return {
    async take(use) {
      const lease = { ...use, owner: randomUUID() };
      const at = now();
      try {
        await client.send(taking(tableName, lease, at));
        return { kind: 'taken', lease };
      } catch (error) {
        const found = findingOf(error, use, at);
        if (found.kind === 'unknown') onFault(error);
        return found;
      }
    },
    keep: (lease) => settle(lease, true),
    release: (lease) => settle(lease, false),
  };
}

function taking(tableName: string, lease: KeyLease, at: Date): PutItemCommand {
  const item = itemOf(lease, {
    isKept: false,
    leaseUntil: at.getTime() + 1000 * KEY_LEASE_SECONDS,
    expiresAtSeconds: secondsOf(at) + KEY_KEPT_SECONDS,
  });
  return putting(tableName, item, `${FREE} OR (${LEFT}) OR ${OWN}`, {
    ':owner': lease.owner,
    ':now': secondsOf(at),
    ':nowMs': at.getTime(),
    ':fingerprint': lease.fingerprint,
    ':false': false,
  });
}

const putting = (tableName: string, item: object, when: string, values: object): PutItemCommand =>
  new PutItemCommand({
    TableName: tableName,
    Item: marshall(item),
    ConditionExpression: when,
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: marshall(values),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });

/** By what lies there, which the refusal of a write brings with it. */
function findingOf(error: unknown, use: KeyedUse, at: Date): KeyFinding {
  if (!(error instanceof ConditionalCheckFailedException)) return { kind: 'unknown' };
  const { data } = Kept.safeParse(error.Item && unmarshall(error.Item));
  if (!data) return { kind: 'unknown' };
  if (data.fingerprint !== use.fingerprint) return { kind: 'reused' };
  if (data.isKept) return { kind: 'repeated' };
  const forSeconds = Math.ceil((data.leaseUntil - at.getTime()) / 1000);
  return { kind: 'in-progress', forSeconds: Math.max(forSeconds, 1) };
}

const itemOf = ({ key, fingerprint, owner }: KeyLease, state: object) => ({
  pk: `KEY#${key}`,
  sk: 'USE',
  schema: 1,
  fingerprint,
  owner,
  ...state,
});

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);
