import * as z from 'zod';
import { ACCOUNT, REGION } from '../../assembly/physical.ts';
import { usesOfKey, type KeyOf } from '../encryption.ts';
import { COMMON_CONTEXT, operationOf, type ReadCalls } from './asked.ts';

const OfSecret = z.looseObject({ SecretId: z.string().default('') });

export const secretCalls =
  (keyOf: KeyOf): ReadCalls =>
  (asked) => {
    const { SecretId: resource } = OfSecret.parse(JSON.parse(asked.body || '{}'));
    const action = `secretsmanager:${operationOf(asked)}`;
    return [
      { action, resource, context: COMMON_CONTEXT },
      ...usesOfKey(keyOf(resource), 'secretsmanager', ['kms:Decrypt']),
    ];
  };

const OfBus = z.looseObject({
  Entries: z.array(z.looseObject({ EventBusName: z.string().default('default') })).default([]),
});

/** Each bus that something is put on. */
export const eventCalls: ReadCalls = (asked) => {
  const { Entries: entries } = OfBus.parse(JSON.parse(asked.body || '{}'));
  const buses = new Set(entries.map(({ EventBusName }) => EventBusName));
  return [...buses].map((bus) => ({
    action: `events:${operationOf(asked)}`,
    resource: bus.startsWith('arn:') ? bus : `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${bus}`,
    context: COMMON_CONTEXT,
  }));
};

const OfKey = z.looseObject({
  KeyId: z.string().default(''),
  MessageType: z.string().default('RAW'),
  SigningAlgorithm: z.string().optional(),
});

export const keyCalls: ReadCalls = (asked) => {
  const { KeyId, MessageType, SigningAlgorithm } = OfKey.parse(JSON.parse(asked.body || '{}'));
  const context = {
    ...COMMON_CONTEXT,
    'kms:MessageType': [MessageType],
    ...(SigningAlgorithm !== undefined && { 'kms:SigningAlgorithm': [SigningAlgorithm] }),
  };
  return [{ action: `kms:${operationOf(asked)}`, resource: KeyId, context }];
};
