import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { sqsDoorbell } from '../../shared/adapters/sqs-doorbell.ts';
import { doorbellContract } from '../contracts/doorbell.ts';
import { memoryDoorbell } from '../support/memory/doorbell.ts';
import { withAwsEnv } from './aws-env.ts';

let server: FauxqsServer;
let undo: () => void;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  undo = withAwsEnv({ AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${server.port}` });
});
afterAll(async () => {
  undo();
  await server.stop();
});

const bodies = (queue: string): readonly unknown[] =>
  (server.inspectQueue(queue)?.messages.ready ?? []).map(({ body }) => body);

doorbellContract('the memory doorbell', async () => {
  const queue: string[] = [];
  const bell = memoryDoorbell(queue);
  return { bell, heard: () => queue, cutOff: bell.cutOff, close: async () => undefined };
});

let queues = 0;
doorbellContract('an SQS queue', async () => {
  const name = `contract-${(queues += 1)}`;
  const { queueUrl } = server.createQueue(name);
  return {
    bell: sqsDoorbell(queueUrl),
    heard: () => bodies(name),
    cutOff: () => server.deleteQueue(name),
    close: async () => undefined,
  };
});

test('the queue is the one of the URL, the endpoint the one of the environment', async () => {
  server.createQueue('match');
  await sqsDoorbell('https://sqs.us-east-1.amazonaws.com/000000000000/match').ring('trg_b');
  expect(bodies('match')).toEqual(['trg_b']);
});

test('a ring for later is not heard before', async () => {
  const { queueUrl } = server.createQueue('later');
  await sqsDoorbell(queueUrl).ring('tx_later', 60);
  await sqsDoorbell(queueUrl).ring('tx_now');
  const { ready, delayed } = server.inspectQueue('later')!.messages;
  expect(ready.map(({ body }) => body)).toEqual(['tx_now']);
  expect(delayed.map(({ body }) => body)).toEqual(['tx_later']);
});

test('a queue that is not there is an error', async () => {
  const nowhere = sqsDoorbell('https://sqs.us-east-1.amazonaws.com/000000000000/nowhere');
  await expect(nowhere.ring('trg_c')).rejects.toThrow(/queue/);
});
