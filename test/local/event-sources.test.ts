import { randomUUID } from 'node:crypto';
import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { eventually, startFixture, type Fixture } from './fixture.ts';

describeWith(['java'], 'the event sources of the local system', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startFixture(1);
  });
  afterAll(() => fixture?.close());

  const put = (pk: string, kind: string): Promise<unknown> =>
    fixture.tables.send(
      new PutItemCommand({
        TableName: 'Store-Things',
        Item: { pk: { S: pk }, kind: { S: kind }, bytes: { B: Buffer.from('b') } },
      }),
    );
  const messagesIn = (queue: string): string[] =>
    (fixture.engines.queues.inspectQueue(queue)?.messages.ready ?? []).map(({ body }) => body);

  test('messages that succeed are done, one that fails comes again until it is a dead letter', async () => {
    for (const body of ['good-1', 'fail-1', 'good-2']) {
      fixture.engines.queues.sendMessage('fixture-jobs', body);
    }
    const dead = await eventually(async () => {
      const found = messagesIn('fixture-jobs-dead');
      return found.length > 0 && found;
    });
    expect(dead).toEqual(['fail-1']);
    const noted = await fixture.seen('job');
    expect(noted.map((each) => each.split(' ')[0])).toEqual(['fail-1', 'good-1', 'good-2']);
  });

  test('a queue whose condition does not hold is not there', () => {
    expect(fixture.engines.queues.inspectQueue('fixture-absent')).toBeUndefined();
  });

  test('the stream brings what passes the filter, in order, and gives up a record that keeps failing', async () => {
    await put('one', 'wanted');
    await put('two', 'unwanted');
    await eventually(async () => (await fixture.seen('read')).includes('one'));
    await put('bad', 'poison');
    const [given] = await eventually(async () => {
      const found = messagesIn('fixture-stream-dead');
      return found.length > 0 && found;
    });
    expect(JSON.parse(given ?? '{}')).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
    // The first try and two retries, as the mapping says.
    expect(await fixture.seen('poisoned')).toHaveLength(3);
    await put('three', 'wanted');
    await eventually(async () => (await fixture.seen('read')).includes('three'));
    expect(await fixture.seen('read')).toEqual(['one', 'three']);
  });

  test('a record that keeps failing is cut out of its batch: what lies around it goes through', async () => {
    const before = messagesIn('fixture-stream-dead').length;
    const kinds = ['wanted', 'wanted', 'poison', 'wanted', 'wanted'];
    await fixture.tables.send(
      new TransactWriteItemsCommand({
        TransactItems: kinds.map((kind, at) => ({
          Put: { TableName: 'Store-Things', Item: { pk: { S: `cut-${at}` }, kind: { S: kind } } },
        })),
      }),
    );
    const around = await eventually(async () => {
      const found = (await fixture.seen('read')).filter((pk) => pk.startsWith('cut-'));
      return found.length === 4 && found;
    });
    expect(around).toEqual(['cut-0', 'cut-1', 'cut-3', 'cut-4']);
    expect(messagesIn('fixture-stream-dead')).toHaveLength(before + 1);
  });

  test('a change that is no insert passes no filter for inserts', async () => {
    const pk = randomUUID();
    await put(pk, 'unwanted');
    await put(pk, 'wanted');
    await put('after', 'wanted');
    await eventually(async () => (await fixture.seen('read')).includes('after'));
    expect(await fixture.seen('read')).not.toContain(pk);
  });

  test('a second reader of the stream is given what it asks for, whatever becomes of the first', async () => {
    const pk = randomUUID();
    await put(pk, 'unwanted');
    await eventually(async () => (await fixture.seen('also')).includes(pk));
    expect(await fixture.seen('read')).not.toContain(pk);
  });

  test('what is published on a topic comes to its queues, as it is or in the envelope of SNS', async () => {
    fixture.engines.queues.publish('fixture-news', '{"is":"news"}');
    expect(messagesIn('fixture-heard')).toEqual(['{"is":"news"}']);
    const [wrapped] = messagesIn('fixture-wrapped').map((body) => JSON.parse(body) as unknown);
    expect(wrapped).toMatchObject({ Type: 'Notification', Message: '{"is":"news"}' });
  });

  test('a schedule calls its function each minute, however long a minute lasts', async () => {
    const ticks = await eventually(async () => {
      const found = await fixture.seen('tick');
      return found.length >= 2 && found;
    });
    expect(ticks[0]).toMatch(/^Scheduled Event /);
  });

  test('mail for a recipient of a receipt rule lies in the bucket and is announced on the queue', async () => {
    const { mail } = fixture.cloud;
    expect(mail.takesMailFor('Records@fixture.example.org')).toBe(true);
    expect(mail.takesMailFor('other@fixture.example.org')).toBe(false);
    await mail.take(Buffer.from('From: a\r\n\r\n'), ['records@fixture.example.org']);
    const [announced] = messagesIn('Store-MailQueue');
    expect(JSON.parse(announced ?? '{}')).toMatchObject({
      Records: [{ s3: { bucket: { name: 'store-mail' }, object: { size: 11 } } }],
    });
    expect(announced).toContain('"key":"in/');
  });

  test('secrets are generated, or given by whoever fills them in', () => {
    const { secretValues } = fixture.engines;
    expect(secretValues['Store-IdentityF00-LoCaL1']).toBe('given');
    expect(secretValues['Store-Generated-LoCaL1']).toHaveLength(40);
  });
});
