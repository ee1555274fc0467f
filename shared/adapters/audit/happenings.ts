import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Happening } from '../../report/report-of.ts';
import { happeningIn } from '../dynamo/stream-image.ts';
import { patientClient } from './audit-items.ts';

/** All facts, milestones and deeds that the table `Main` holds, page by page, in no order. */
export async function* happeningsIn(
  tableName: string,
  client: DynamoDBClient = patientClient(),
): AsyncGenerator<readonly Happening[]> {
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      FilterExpression: '#kind IN (:fact, :milestone, :deed)',
      ExpressionAttributeNames: { '#kind': 'kind' },
      ExpressionAttributeValues: marshall({
        ':fact': 'fact',
        ':milestone': 'milestone',
        ':deed': 'deed',
      }),
    },
  );
  for await (const { Items: items = [] } of pages) {
    yield items.flatMap((item) => happeningIn(item) ?? []);
  }
}
