import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  startEventBusEndpoint,
  type EventBusEndpoint,
} from '../../infra/local/engines/event-bus-endpoint.ts';

let bus: EventBusEndpoint;
let client: EventBridgeClient;
beforeAll(async () => {
  bus = await startEventBusEndpoint();
  bus.serve(['here']);
  client = new EventBridgeClient({
    endpoint: bus.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  client.destroy();
  await bus.close();
});

const entry = (n: number, more: object = {}) => ({
  EventBusName: 'here',
  Source: 'tests',
  DetailType: 'told',
  Detail: JSON.stringify({ n }),
  Time: new Date(),
  ...more,
});

test('what is put on a bus is kept, in its order, and shown to whoever asks', async () => {
  const put = await client.send(new PutEventsCommand({ Entries: [entry(1), entry(2)] }));
  expect(put.FailedEntryCount).toBe(0);
  const kept = [1, 2].map((n, index) => ({
    id: put.Entries?.[index]?.EventId,
    bus: 'here',
    source: 'tests',
    detailType: 'told',
    detail: { n },
  }));
  expect(bus.events).toEqual(kept);
  expect(await (await fetch(bus.endpoint)).json()).toEqual(kept);
});

test.each([
  ['a bus that is not there', { EventBusName: 'nowhere' }, 'InvalidArgument'],
  ['a detail that is no object', { Detail: '[1]' }, 'MalformedDetail'],
  ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail'],
])('of several events the one with %s is not taken', async (_, more, code) => {
  const before = bus.events.length;
  const { FailedEntryCount, Entries } = await client.send(
    new PutEventsCommand({ Entries: [entry(3, more), entry(4)] }),
  );
  expect([FailedEntryCount, Entries?.[0]?.ErrorCode, Entries?.[1]?.ErrorCode]).toEqual([
    1,
    code,
    undefined,
  ]);
  expect(bus.events).toHaveLength(before + 1);
});

test.each([
  ['more than ten events', Array.from({ length: 11 }, (_, n) => entry(n))],
  ['more than 256 kB', [entry(1, { Detail: JSON.stringify({ long: 'x'.repeat(270_000) }) })]],
])('a call with %s is refused as a whole', async (_, Entries) => {
  const put = client.send(new PutEventsCommand({ Entries }));
  await expect(put).rejects.toMatchObject({ name: 'ValidationException' });
});
