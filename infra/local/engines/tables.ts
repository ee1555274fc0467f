import {
  CreateTableCommand,
  ResourceInUseException,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';

const Keys = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const Index = z.object({
  IndexName: z.string(),
  KeySchema: Keys,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const Table = z.object({
  KeySchema: Keys,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  StreamSpecification: z
    .object({
      StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']),
    })
    .optional(),
});

/** Creates the tables of the template. Encryption, backups and protection have no meaning on a laptop. */
export async function createTables(deployment: Deployment, client: DynamoDBClient): Promise<void> {
  const tables = deployment.resources('AWS::DynamoDB::Table', Table);
  await Promise.all(
    tables.map(async ({ ref, properties }) => {
      const { GlobalSecondaryIndexes: indexes, StreamSpecification: stream } = properties;
      const command = new CreateTableCommand({
        TableName: ref,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: properties.KeySchema,
        AttributeDefinitions: properties.AttributeDefinitions,
        ...(indexes && { GlobalSecondaryIndexes: indexes }),
        ...(stream && { StreamSpecification: { StreamEnabled: true, ...stream } }),
      });
      await client.send(command).catch((error: unknown) => {
        if (!(error instanceof ResourceInUseException)) throw error;
      });
    }),
  );
}
