import { DescribeTableCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { localClientSettings } from '../../../infra/local/engines/dynamodb.ts';
import type { LocalSystem } from '../../../infra/local/local-system.ts';
import type { Item } from '../../../shared/adapters/dynamo/table.ts';

/** The tables of a local system, from outside. */
export interface Tables {
  readonly main: () => Promise<readonly Item[]>;
  readonly audit: () => Promise<readonly Item[]>;
  /** Everything that was ever committed to `Main`, in its order. */
  readonly commits: () => Promise<readonly Commit[]>;
  close(): void;
}

export interface Commit {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export function tablesOf({ engines, cloud }: LocalSystem): Tables {
  const settings = localClientSettings(engines.dynamoDb.endpoint);
  const tables = new DynamoDBClient(settings);
  const streams = new DynamoDBStreamsClient(settings);
  const Table = z.object({ StreamSpecification: z.looseObject({}).optional() });
  const main = cloud.deployment
    .resources('AWS::DynamoDB::Table', Table)
    .find(({ properties }) => properties.StreamSpecification !== undefined)?.ref;
  const audit = cloud.deployment.output('AuditTable');
  if (main === undefined || audit === undefined) throw new Error('There are no such tables');
  return {
    main: () => itemsOf(tables, main),
    audit: () => itemsOf(tables, audit),
    commits: () => commitsOf(tables, streams, main),
    close() {
      tables.destroy();
      streams.destroy();
    },
  };
}

async function itemsOf(client: DynamoDBClient, TableName: string): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName, ConsistentRead: true },
  )) {
    found.push(...Items.map((item) => unmarshall(item) as Item));
  }
  return found;
}

async function commitsOf(
  tables: DynamoDBClient,
  streams: DynamoDBStreamsClient,
  TableName: string,
): Promise<readonly Commit[]> {
  const { Table } = await tables.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn ?? '';
  const described = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const commits: Commit[] = [];
  for (const { ShardId } of described.StreamDescription?.Shards ?? []) {
    const records = await recordsOf(streams, StreamArn, ShardId ?? '');
    commits.push(...records.map(commitOf));
  }
  return commits;
}

/** An open shard has no end: after some empty pages there is nothing more. */
const MOST_EMPTY_PAGES = 5;

async function recordsOf(
  streams: DynamoDBStreamsClient,
  StreamArn: string,
  ShardId: string,
): Promise<readonly StreamRecord[]> {
  const found: StreamRecord[] = [];
  const first = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
  let { ShardIterator } = await streams.send(new GetShardIteratorCommand(first));
  for (let empty = 0; ShardIterator !== undefined && empty < MOST_EMPTY_PAGES;) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 1000 }));
    found.push(...(page.Records ?? []));
    empty = (page.Records ?? []).length === 0 ? empty + 1 : 0;
    ShardIterator = page.NextShardIterator;
  }
  return found;
}

const commitOf = ({ dynamodb: { OldImage, NewImage } = {} }: StreamRecord): Commit => ({
  before: OldImage && (unmarshall(OldImage) as Item),
  after: NewImage && (unmarshall(NewImage) as Item),
});
