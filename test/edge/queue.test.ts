import { describe, expect, test } from '@jest/globals';
import { onQueue } from '../../shared/edge/queue.ts';
import { onSchedule } from '../../shared/edge/schedule.ts';
import { onStream } from '../../shared/edge/stream.ts';
import { jsonLog } from '../../shared/log.ts';

const recorder = () => {
  const lines: string[] = [];
  return { lines, log: jsonLog((line) => lines.push(line), 'test') };
};

const event = (...bodies: string[]) => ({
  Records: bodies.map((body, at) => ({ messageId: `m-${at}`, body })),
});

const record = (sequence: string, image: object) => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: sequence, NewImage: image },
});
const trigger = (id: string) => ({ kind: { S: 'trigger' }, id: { S: id } });

const failOn =
  (seen: string[], bad: string) =>
  async (text: string): Promise<void> => {
    seen.push(`${text} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    if (text === bad) throw new Error('secret words');
    seen.push(`${text} ends`);
  };

describe('a queue', () => {
  test('is worked off one message after the other', async () => {
    const seen: string[] = [];
    const handler = onQueue(failOn(seen, 'none'), recorder().log);
    expect(await handler(event('a', 'b') as never)).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('gets back the message whose work threw, and only that one', async () => {
    const { lines, log } = recorder();
    const handler = onQueue(failOn([], 'b'), log);
    expect(await handler(event('a', 'b', 'c') as never)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
    expect(JSON.parse(lines[0]!)).toMatchObject({
      event: 'record-failed',
      errorName: expect.stringMatching(/^Error at queue\.test\.ts/),
    });
    expect(lines.join('')).not.toContain('secret');
  });

  test('gets back all when all threw, and forgets the failures of the call before', async () => {
    const handler = onQueue(failOn([], 'a'), recorder().log);
    expect((await handler(event('a', 'a') as never)).batchItemFailures).toHaveLength(2);
    expect((await handler(event('b') as never)).batchItemFailures).toEqual([]);
  });
});

describe('a stream', () => {
  test('shows kind and id of each new item, in order', async () => {
    const seen: object[] = [];
    const handler = onStream(async (item) => void seen.push(item), recorder().log);
    const Records = [
      record('1', trigger('a')),
      record('2', { kind: { S: 'patient' } }),
      { eventName: 'REMOVE', dynamodb: { SequenceNumber: '3' } },
      record('4', trigger('b')),
    ];
    expect(await handler({ Records } as never)).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      { kind: 'trigger', id: 'a' },
      { kind: 'trigger', id: 'b' },
    ]);
  });

  test('is told the sequence number from which to read again', async () => {
    const { lines, log } = recorder();
    const handler = onStream(({ id }) => failOn([], 'b')(id), log);
    const Records = [record('10', trigger('a')), record('11', trigger('b'))];
    expect(await handler({ Records } as never)).toEqual({
      batchItemFailures: [{ itemIdentifier: '11' }],
    });
    expect(lines.join('')).not.toContain('secret');
  });
});

describe('a schedule', () => {
  test('does its work, whatever the event says', async () => {
    let rung = 0;
    await onSchedule(async () => void rung++, recorder().log)({ anything: true });
    expect(rung).toBe(1);
  });

  test('lets a throw through, so that the alarm sees it', async () => {
    const { lines, log } = recorder();
    const ring = onSchedule(() => Promise.reject(new TypeError('secret')), log);
    await expect(ring({})).rejects.toThrow(TypeError);
    expect(JSON.parse(lines[0]!).errorName).toMatch(/^TypeError/);
  });
});
