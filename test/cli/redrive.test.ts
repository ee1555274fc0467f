import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { redriveCommand } from '../../infra/cli/commands/redrive.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';
import { runCli } from './run-cli.ts';

const redrive = (...args: readonly string[]) =>
  runCli({ redrive: redriveCommand }, 'redrive', ...args);

let server: FauxqsServer;
let front: Server;
let undo: () => void;
/** What SQS says whose dead letters they are; the local engine is not asked. */
let sources: readonly string[] | undefined;
/** From now on nothing can be sent. */
let isFull = false;

/** As the local engine answers, but for what it does not know. */
async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const target = String(asked.headers['x-amz-target']);
  const body = Buffer.concat(await asked.toArray());
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' };
  if (isFull && target.endsWith('.SendMessage')) {
    answer.writeHead(403, headers).end(JSON.stringify({ __type: 'AccessDenied' }));
  } else if (sources && target.endsWith('.ListDeadLetterSourceQueues')) {
    answer.writeHead(200, headers).end(JSON.stringify({ queueUrls: sources }));
  } else {
    const url = `http://127.0.0.1:${server.port}/`;
    const passed = await fetch(url, { method: 'POST', headers, body });
    answer.writeHead(passed.status, headers).end(Buffer.from(await passed.arrayBuffer()));
  }
}

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  front = createServer((asked, answer) => void pass(asked, answer)).listen(0);
  await once(front, 'listening');
  const { port } = front.address() as { readonly port: number };
  undo = withAwsEnv({ AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  undo();
  front.close();
  await server.stop();
});

let made = 0;
/** A queue and its dead letters, of which there are so many. */
function queues(count: number) {
  const name = `queue-${(made += 1)}`;
  const { queueUrl: to } = server.createQueue(name);
  const { queueUrl: from } = server.createQueue(`${name}-dead`);
  for (let n = 0; n < count; n += 1) server.sendMessage(`${name}-dead`, `tx_${n}`);
  const bodies = (queue: string) => {
    const { ready, inflight } = server.inspectQueue(queue)!.messages;
    return [...ready, ...inflight.map(({ message }) => message)].map(({ body }) => body).sort();
  };
  return { from, to, there: () => bodies(name), dead: () => bodies(`${name}-dead`) };
}

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `tx_${n}`).sort();

describe('redrive', () => {
  test('moves every dead letter back, as it was, and says how many', async () => {
    const { from, to, there, dead } = queues(23);
    const { exitCode, out } = await redrive(from, '--to', to);
    expect([exitCode, out.at(-1)]).toEqual([0, `23 moved to ${to}`]);
    expect([there(), dead()]).toEqual([ids(23), []]);
  });

  test('takes queues by their names too, as alarms have them', async () => {
    const { from, to, there } = queues(3);
    const [deadName = '', name = ''] = [from, to].map((url) => url.split('/').at(-1));
    const { exitCode, out } = await redrive(deadName, '--to', name, '--json');
    expect([exitCode, JSON.parse(out.join('\n'))]).toEqual([0, { from, to, moved: 3 }]);
    expect(there()).toEqual(ids(3));
  });

  test('edge/not-found: there is no queue of that name', async () => {
    const { exitCode, err } = await redrive('direct-transmit-none-dead-letters');
    expect([exitCode, err.join('')]).toEqual([
      1,
      expect.stringMatching(/^There is no queue direct-transmit-none-dead-letters here\./),
    ]);
  });

  test('finds the queue by itself', async () => {
    const { from, to, there } = queues(2);
    sources = [to];
    const { out } = await redrive(from, '--json');
    sources = undefined;
    expect(JSON.parse(out.join('\n'))).toEqual({ from, to, moved: 2 });
    expect(there()).toEqual(ids(2));
  });

  test.each([
    ['it cannot be asked', undefined, /^Name the queue with --to: it cannot be found out\./],
    ['there is none', [], /^Name the queue with --to: these are the dead letters of 0 queues\.$/],
    ['there are two', ['http://a', 'http://b'], /dead letters of 2 queues\.$/],
  ])('asks for the queue when %s', async (_, listed, line) => {
    const { from, dead } = queues(1);
    sources = listed;
    const { exitCode, err } = await redrive(from);
    sources = undefined;
    expect([exitCode, err]).toEqual([1, [expect.stringMatching(line)]]);
    expect(dead()).toEqual(ids(1));
  });

  test('takes nothing off that was not sent, and says how many were', async () => {
    const { from, to, there, dead } = queues(3);
    isFull = true;
    const { exitCode, err } = await redrive(from, '--to', to);
    isFull = false;
    expect([exitCode, err]).toEqual([1, [expect.stringMatching(/^0 moved, and then this: /)]]);
    expect([there(), dead()]).toEqual([[], ids(3)]);
  });

  test('of nothing moves nothing', async () => {
    const { from, to } = queues(0);
    expect((await redrive(from, '--to', to)).out).toEqual([`0 moved to ${to}`]);
  });

  test('refuses to move dead letters to where they are', async () => {
    const { from, dead } = queues(1);
    const { exitCode, err } = await redrive(from, '--to', from);
    expect([exitCode, err]).toEqual([1, ['--to is the queue of the dead letters itself.']]);
    expect(dead()).toEqual(ids(1));
  });

  test('needs to be told which queue', async () => {
    expect((await redrive()).err[0]).toMatch(/^Name one queue of dead letters\./);
  });
});
