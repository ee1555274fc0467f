import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { REGION } from '../assembly/physical.ts';
import type { Call } from './statement.ts';

const Table = z.object({
  SSESpecification: z.object({ KMSMasterKeyId: z.string().optional() }).optional(),
});
const Queue = z.object({ KmsMasterKeyId: z.string().optional() });
const Secret = z.object({ KmsKeyId: z.string().optional() });
const Bucket = z.object({
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(
        z.object({
          ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: z.string().optional() }),
        }),
      ),
    })
    .optional(),
});

/** The ARN of the customer's key under which a resource lies, by the ARN of the resource. */
export type KeyOf = (resource: string) => string | undefined;

/** @throws Error when a key is named by anything but its ARN */
export function keysOf(deployment: Deployment): KeyOf {
  const keys = new Map<string, string>();
  const note = (arn: string | undefined, key: string | undefined): void => {
    if (arn === undefined || key === undefined) return;
    if (!key.startsWith('arn:')) throw new Error(`The key of ${arn} is not named by its ARN`);
    keys.set(arn, key);
  };
  for (const { attributes, properties } of deployment.resources('AWS::DynamoDB::Table', Table)) {
    note(attributes['Arn'], properties.SSESpecification?.KMSMasterKeyId);
  }
  for (const { attributes, properties } of deployment.resources('AWS::SQS::Queue', Queue)) {
    note(attributes['Arn'], properties.KmsMasterKeyId);
  }
  for (const { ref, properties } of deployment.resources('AWS::SecretsManager::Secret', Secret)) {
    note(ref, properties.KmsKeyId);
  }
  for (const { attributes, properties } of deployment.resources('AWS::S3::Bucket', Bucket)) {
    const [rule] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    note(attributes['Arn'], rule?.ServerSideEncryptionByDefault.KMSMasterKeyID);
  }
  return (resource) => keys.get(resource);
}

export type KeyUse = 'kms:Decrypt' | 'kms:GenerateDataKey';

/** What a service asks of KMS in the name of its caller, to reach into what lies under a customer's key. */
export const usesOfKey = (
  key: string | undefined,
  service: string,
  uses: readonly KeyUse[],
): readonly Call[] =>
  key === undefined
    ? []
    : uses.map((action) => ({
        action,
        resource: key,
        context: { 'kms:ViaService': [`${service}.${REGION}.amazonaws.com`] },
      }));
