import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSendQuotaCommand, SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from '@jest/globals';
import { allow, behind, KEY, keyVia, lackOf, QUEUE, SECRET, type Behind } from './behind.ts';

const open: Behind[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
const given = async (...statements: readonly object[]): Promise<Behind> => {
  const made = await behind(statements);
  open.push(made);
  return made;
};

const sesArn = (path: string) => `arn:aws:ses:us-east-1:000000000000:${path}`;

describe('the other services', () => {
  test('SQS: a batch as the single one, with the key of the queue', async () => {
    const sending = [allow('sqs:SendMessage', QUEUE), keyVia('sqs', 'kms:GenerateDataKey', 'kms:Decrypt')]; // prettier-ignore
    const { config } = await given(...sending);
    const QueueUrl = `${config.endpoint}/000000000000/jobs`;
    const batch = new SendMessageBatchCommand({
      QueueUrl,
      Entries: [{ Id: '1', MessageBody: 'x' }],
    });
    expect(await lackOf(new SQSClient(config).send(batch))).toBe('nothing');
    const other = new SendMessageCommand({ QueueUrl: `${QueueUrl}2`, MessageBody: 'x' });
    const call = new SQSClient(config).send(other);
    await expect(call).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await expect(call).rejects.toHaveProperty('name', expect.stringContaining('AccessDenied'));
  });

  test('SQS: without its key nothing is sent', async () => {
    const { config } = await given(allow('sqs:SendMessage', QUEUE), keyVia('sqs', 'kms:Decrypt'));
    const QueueUrl = `${config.endpoint}/000000000000/jobs`;
    const send = new SendMessageCommand({ QueueUrl, MessageBody: 'x' });
    expect(await lackOf(new SQSClient(config).send(send))).toEqual(['kms:GenerateDataKey', KEY]);
  });

  test('Secrets Manager: this secret and no other, and the key under which it lies', async () => {
    const reading = allow('secretsmanager:GetSecretValue', SECRET);
    const { config } = await given(reading, keyVia('secretsmanager', 'kms:Decrypt'));
    const get = (SecretId: string) =>
      new SecretsManagerClient(config).send(new GetSecretValueCommand({ SecretId }));
    expect(await lackOf(get(SECRET))).toBe('nothing');
    const other = SECRET.replace('signing', 'decryption');
    await expect(get(other)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const blind = await given(reading);
    const call = new SecretsManagerClient(blind.config).send(new GetSecretValueCommand({ SecretId: SECRET })); // prettier-ignore
    expect(await lackOf(call)).toEqual(['kms:Decrypt', KEY]);
  });

  test('EventBridge: every bus that something is put on', async () => {
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/reports';
    const { config } = await given(allow('events:PutEvents', bus));
    const put = (...buses: readonly string[]) =>
      new EventBridgeClient(config).send(
        new PutEventsCommand({
          Entries: buses.map((EventBusName) => ({ EventBusName, Source: 's', DetailType: 'd', Detail: '{}' })), // prettier-ignore
        }),
      );
    expect(await lackOf(put('reports'))).toBe('nothing');
    expect(await lackOf(put('reports', 'other'))).toEqual(['events:PutEvents', bus.replace('reports', 'other')]); // prettier-ignore
  });

  test('KMS: digests of messages, and by the algorithms that are named', async () => {
    const signing = allow('kms:Sign', KEY, {
      StringEquals: { 'kms:MessageType': 'DIGEST', 'kms:SigningAlgorithm': ['ECDSA_SHA_256'] },
    });
    const { config } = await given(signing);
    const sign = (more: object) =>
      new KMSClient(config).send(
        new SignCommand({
          KeyId: KEY,
          Message: Buffer.alloc(32),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
          ...more,
        }),
      );
    expect(await lackOf(sign({}))).toBe('nothing');
    expect(await lackOf(sign({ MessageType: 'RAW' }))).toEqual(['kms:Sign', KEY]);
    await expect(sign({ SigningAlgorithm: 'ECDSA_SHA_512' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('SES: from our own address, by our own identity and configuration set', async () => {
    const fromUs = { StringEquals: { 'ses:FromAddress': ['records@direct.example.org'] } };
    const ses = await given(
      allow('ses:SendRawEmail', sesArn('identity/direct.example.org'), fromUs),
      allow('ses:SendRawEmail', sesArn('configuration-set/ours'), fromUs),
      allow('ses:GetSendQuota', '*'),
    );
    ses.answer(200, '<R><SendRawEmailResult><MessageId>1</MessageId></SendRawEmailResult></R>');
    const send = (more: object) =>
      new SESClient(ses.config).send(
        new SendRawEmailCommand({
          Source: 'records@direct.example.org',
          Destinations: ['a@b.example'],
          ConfigurationSetName: 'ours',
          RawMessage: { Data: Buffer.from('x') },
          ...more,
        }),
      );
    expect(await lackOf(send({}))).toBe('nothing');
    expect(await lackOf(new SESClient(ses.config).send(new GetSendQuotaCommand({})))).toBe(
      'nothing',
    );
    await expect(send({ Source: 'other@direct.example.org' })).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    expect(await lackOf(send({ Source: 'records@other.example.org' }))).toEqual(['ses:SendRawEmail', sesArn('identity/other.example.org')]); // prettier-ignore
    expect(await lackOf(send({ ConfigurationSetName: 'theirs' }))).toEqual(['ses:SendRawEmail', sesArn('configuration-set/theirs')]); // prettier-ignore
  });
});

describe('who calls', () => {
  test('a name that is no function of the templates may nothing', async () => {
    const { config, passed } = await given(allow('*', '*'));
    const credentials = { accessKeyId: 'somebody', secretAccessKey: 'local' };
    const client = new DynamoDBClient({ ...config, credentials });
    await expect(
      client.send(new GetItemCommand({ TableName: 'Main', Key: { pk: { S: 'a' } } })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    expect(passed).toEqual([]);
  });

  test('a call that nobody signed is not passed on', async () => {
    const { border, passed } = await given(allow('*', '*'));
    expect((await fetch(`${border.endpoint}/mail/received/a`)).status).toBe(404);
    expect(passed).toEqual([]);
  });
});
