import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from '@jest/globals';
import { allow, behind, KEY, keyVia, lackOf, TABLE, type Behind } from './behind.ts';

const open: Behind[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
const given = async (...statements: readonly object[]): Promise<Behind> => {
  const made = await behind(statements);
  open.push(made);
  return made;
};

const Item = { pk: { S: 'P#1' } };
const decrypt = keyVia('dynamodb', 'kms:Decrypt');
const get = (pk: string) => new GetItemCommand({ TableName: 'Main', Key: { pk: { S: pk } } });
const query = (pk: string, IndexName?: string) =>
  new QueryCommand({
    TableName: 'Main',
    IndexName,
    KeyConditionExpression: 'begins_with(sk, :sk) AND #pk = :pk',
    ExpressionAttributeNames: { '#pk': 'pk' },
    ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: 'P#' } },
  });
const keysOf = (pks: readonly string[]) => pks.map((pk) => ({ pk: { S: pk } }));
const deletion = (TableName: string) =>
  new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key: Item } }] });

describe('DynamoDB', () => {
  test('what the role does not allow is answered as DynamoDB does, and goes no further', async () => {
    const { config, passed } = await given();
    const call = new DynamoDBClient(config).send(new PutItemCommand({ TableName: 'Main', Item }));
    await expect(call).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
      message: `User: arn:aws:sts::000000000000:assumed-role/Stack-Role/worker is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    });
    expect(passed).toEqual([]);
  });

  test('a read takes leave to read, and to decrypt by way of DynamoDB', async () => {
    const { config, passed } = await given(allow('dynamodb:GetItem', TABLE), decrypt);
    const client = new DynamoDBClient(config);
    expect(await lackOf(client.send(new GetItemCommand({ TableName: 'Main', Key: Item })))).toBe('nothing'); // prettier-ignore
    expect(passed).toHaveLength(1);
    const put = new PutItemCommand({ TableName: 'Main', Item });
    expect(await lackOf(client.send(put))).toEqual(['dynamodb:PutItem', TABLE]);
    expect(passed).toHaveLength(1);
  });

  test('a key by way of another service, or none, is not enough', async () => {
    const { config } = await given(allow('dynamodb:GetItem', TABLE), keyVia('s3', 'kms:Decrypt'));
    expect(await lackOf(new DynamoDBClient(config).send(get('P#1')))).toEqual(['kms:Decrypt', KEY]);
  });

  test('a transaction takes the permission of every single action in it', async () => {
    const { config } = await given(
      allow(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], TABLE),
      keyVia('dynamodb', 'kms:Decrypt', 'kms:GenerateDataKey'),
    );
    const client = new DynamoDBClient(config);
    const Put = { TableName: 'Main', Item };
    const Update = { TableName: 'Main', Key: Item, UpdateExpression: 'SET a = a' };
    const Delete = { TableName: 'Main', Key: Item };
    const ConditionCheck = { TableName: 'Main', Key: Item, ConditionExpression: 'attribute_exists(pk)' }; // prettier-ignore
    const all = new TransactWriteItemsCommand({ TransactItems: [{ Put }, { Update }, { Delete }] });
    expect(await lackOf(client.send(all))).toBe('nothing');
    const more = new TransactWriteItemsCommand({ TransactItems: [{ Put }, { ConditionCheck }] });
    expect(await lackOf(client.send(more))).toEqual(['dynamodb:ConditionCheckItem', TABLE]);
  });

  test('an index is a resource of its own', async () => {
    const { config } = await given(allow('dynamodb:Query', TABLE), decrypt);
    const client = new DynamoDBClient(config);
    expect(await lackOf(client.send(query('P#1')))).toBe('nothing');
    expect(await lackOf(client.send(query('P#1', 'due')))).toEqual(['dynamodb:Query', `${TABLE}/index/due`]); // prettier-ignore
  });

  test('where only some partitions are allowed, the key of the call says which it is', async () => {
    const some = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['P#*'] } };
    const { config } = await given(
      allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], TABLE, some),
      decrypt,
    );
    const client = new DynamoDBClient(config);
    expect(await lackOf(client.send(get('P#1')))).toBe('nothing');
    expect(await lackOf(client.send(query('P#1')))).toBe('nothing');
    expect(await lackOf(client.send(get('T#1')))).toEqual(['dynamodb:GetItem', TABLE]);
    expect(await lackOf(client.send(query('T#1')))).toEqual(['dynamodb:Query', TABLE]);
    // As on AWS: a condition on all values holds where there is none, so nobody may be given a scan by it.
    expect(await lackOf(client.send(new ScanCommand({ TableName: 'Main' })))).toBe('nothing');
  });

  test('where single partitions are denied, what only looks at them goes', async () => {
    const { config } = await given(
      allow(['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'], TABLE),
      keyVia('dynamodb', 'kms:Decrypt', 'kms:GenerateDataKey'),
      {
        Effect: 'Deny',
        Action: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
        Resource: TABLE,
        Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['HLD#*'] } },
      },
    );
    const client = new DynamoDBClient(config);
    const [Key] = keysOf(['HLD#all']);
    const held = { TableName: 'Main', Key, ConditionExpression: 'attribute_not_exists(pk)' };
    const put = { Put: { TableName: 'Main', Item } };
    const acting = (...TransactItems: TransactWriteItem[]) =>
      lackOf(client.send(new TransactWriteItemsCommand({ TransactItems })));
    expect(await acting({ ConditionCheck: held }, put)).toBe('nothing');
    expect(await acting({ Delete: { TableName: 'Main', Key } }, put)).toEqual(['dynamodb:DeleteItem', TABLE]); // prettier-ignore
  });

  test('a batch says each of its keys', async () => {
    const some = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['P#*'] } };
    const { config } = await given(
      allow(['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'], TABLE, some),
      keyVia('dynamodb', 'kms:Decrypt', 'kms:GenerateDataKey'),
    );
    const client = new DynamoDBClient(config);
    const reading = (...pks: readonly string[]) =>
      lackOf(client.send(new BatchGetItemCommand({ RequestItems: { Main: { Keys: keysOf(pks) } } }))); // prettier-ignore
    expect(await reading('P#1', 'P#2')).toBe('nothing');
    expect(await reading('P#1', 'T#1')).toEqual(['dynamodb:BatchGetItem', TABLE]);
    const [one, other] = keysOf(['P#1', 'T#1']);
    const writing = (...Main: readonly object[]) =>
      lackOf(client.send(new BatchWriteItemCommand({ RequestItems: { Main: [...Main] } })));
    expect(await writing({ PutRequest: { Item: one } })).toBe('nothing');
    expect(await writing({ PutRequest: { Item: other } })).toEqual(['dynamodb:BatchWriteItem', TABLE]); // prettier-ignore
    expect(await writing({ DeleteRequest: { Key: other } })).toEqual(['dynamodb:BatchWriteItem', TABLE]); // prettier-ignore
  });

  test('what the policy of a table forbids no role can allow', async () => {
    const { config } = await given(allow('dynamodb:*', '*'), allow('kms:*', '*'));
    const client = new DynamoDBClient(config);
    expect(await lackOf(client.send(deletion('Main')))).toBe('nothing');
    const audit = TABLE.replace('Main', 'Audit');
    expect(await lackOf(client.send(deletion('Audit')))).toEqual(['dynamodb:DeleteItem', audit]);
  });
});
