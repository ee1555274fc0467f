import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { smtpRelay } from '../../../shared/adapters/smtp-relay.ts';
import type { Relay } from '../../../shared/deliver/relay.ts';
import { ENVELOPE } from '../../contracts/relay.ts';
import { startServer } from '../smtp-relay-servers.ts';

const MESSAGES = 1000;
const MESSAGE_BYTES = 64 * 1024;
/** Of the collector: what it has not let go by then is held by somebody. */
const MOST_TURNS = 50;

/** Counts who comes and who is there, and what each connection brings. */
async function countingServer() {
  const counts = { connections: 0, open: 0, most: 0, messages: 0 };
  const server = await startServer({
    onConnect: (_session, answer) => {
      counts.connections += 1;
      counts.open += 1;
      counts.most = Math.max(counts.most, counts.open);
      answer();
    },
    onClose: () => {
      counts.open -= 1;
    },
    onData: (stream, _session, answer) => {
      stream.resume();
      stream.on('end', () => {
        counts.messages += 1;
        answer();
      });
    },
  });
  return { ...server, counts };
}

const submitted: WeakRef<Uint8Array>[] = [];
const left = (): number => submitted.filter((bytes) => bytes.deref()).length;

async function submitOne(relay: Relay, index: number): Promise<void> {
  const bytes = Buffer.alloc(MESSAGE_BYTES, `${index}\r\n`);
  submitted.push(new WeakRef(bytes));
  expect(await relay.submit({ ...ENVELOPE, bytes })).toMatchObject({ ok: true });
}

test('1,000 messages go over few connections, and nothing of them is left behind', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const server = await countingServer();
  const relay = smtpRelay(`smtp://127.0.0.1:${server.port}`);
  const side = async (first: number): Promise<void> => {
    for (let index = first; index < MESSAGES; index += 2) await submitOne(relay, index);
  };
  await Promise.all([side(0), side(1)]);
  // Each carries 100, and the two that are in use at a time end theirs apart from each other.
  expect(server.counts).toMatchObject({ messages: MESSAGES });
  expect(server.counts.connections).toBeLessThanOrEqual(12);
  expect(server.counts.most).toBeLessThanOrEqual(4);

  // What a WeakRef was just asked for lives on until the end of the task.
  for (let turns = 0; turns < MOST_TURNS && left() > 2; turns += 1) {
    await turn();
    collect();
  }
  expect(left()).toBeLessThanOrEqual(2);
  await server.close();
  while (server.counts.open > 0) await sleep(10);
});
