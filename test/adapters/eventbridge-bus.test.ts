import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandInput,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { startEventBusEndpoint } from '../../infra/local/engines/event-bus-endpoint.ts';
import { eventBridgeBus } from '../../shared/adapters/eventbridge-bus.ts';
import { busContract } from '../contracts/bus.ts';
import { memoryBus } from '../support/memory/bus.ts';
import { auditedOf } from '../support/reports.ts';
import { withAwsEnv } from './aws-env.ts';

const events = mockClient(EventBridgeClient);
let undo: () => void;
beforeAll(() => {
  undo = withAwsEnv({});
});
beforeEach(() => void events.reset());
afterAll(() => {
  undo();
  events.restore();
});

busContract('the memory bus', () => {
  const bus = memoryBus();
  return { bus, heard: () => bus.published, takeOnly: bus.takeOnly, close: () => undefined };
});

busContract('EventBridge', () => {
  const heard: unknown[] = [];
  let room = Number.POSITIVE_INFINITY;
  events.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => {
    if (Entries.length > 10) throw new Error('EventBridge takes ten at once');
    const taken = Entries.slice(0, room);
    room -= taken.length;
    heard.push(...taken.map(({ Detail }) => JSON.parse(Detail ?? '')));
    return {
      FailedEntryCount: Entries.length - taken.length,
      Entries: Entries.map((_, at) =>
        at < taken.length ? { EventId: `${at}` } : { ErrorCode: 'InternalFailure' },
      ),
    };
  });
  return {
    bus: eventBridgeBus('a-bus'),
    heard: () => heard,
    takeOnly: (reports) => void (room = reports),
    close: () => void events.reset(),
  };
});

test('the type of a report is the type of the event, by which listeners choose', async () => {
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  const { report } = auditedOf('x', 'transmission.failed', 30, { code: 'deliver/refused' });
  await eventBridgeBus('a-bus').publish([report]);
  expect(events.commandCalls(PutEventsCommand).map((call) => call.args[0].input)).toEqual([
    {
      Entries: [
        {
          EventBusName: 'a-bus',
          Source: 'direct-transmit',
          DetailType: 'transmission.failed',
          Time: new Date(report.at),
          Detail: JSON.stringify(report),
        },
      ],
    },
  ]);
});

test('the bus of the local system takes and refuses as EventBridge does', async () => {
  const endpoint = await startEventBusEndpoint();
  const undoEndpoint = withAwsEnv({ AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint.endpoint });
  events.restore();
  try {
    endpoint.serve(['a-bus']);
    const reports = Array.from({ length: 11 }, (_, n) => auditedOf(`${n}`).report);
    await eventBridgeBus('a-bus').publish(reports);
    expect(endpoint.events.map(({ detail }) => detail)).toEqual(reports);
    await expect(eventBridgeBus('no-bus').publish(reports)).rejects.toThrow('not taken');
  } finally {
    undoEndpoint();
    await endpoint.close();
  }
});
