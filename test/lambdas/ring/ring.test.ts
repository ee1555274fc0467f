import { describe, expect, test } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { makeHandler } from '../../../lambdas/ring/handler.ts';
import { jsonLog } from '../../../shared/log.ts';
import { memoryBells } from '../../support/memory/doorbell.ts';

function world() {
  const { queues, bells } = memoryBells();
  const lines: string[] = [];
  const handler = makeHandler({ bells, log: jsonLog((line) => lines.push(line), 'ring') });
  const hear = (...images: readonly object[]) =>
    handler({
      Records: images.map((NewImage, n) => ({
        eventName: 'INSERT',
        dynamodb: { NewImage, SequenceNumber: `${n}` },
      })),
    } as unknown as DynamoDBStreamEvent);
  return { queues, bells, lines, hear };
}

const item = (kind: string, id: string) => ({ kind: { S: kind }, id: { S: id } });

describe('something new in the table', () => {
  test.each([
    ['trigger', 'triggerId'],
    ['transmission', 'transmissionId'],
    ['delivery', 'deliveryId'],
    ['answer', 'answerId'],
  ] as const)('a %s is rung for at its own bell', async (kind, field) => {
    const { queues, lines, hear } = world();
    await hear(item(kind, 'an-id'));
    const rung = { trigger: [], transmission: [], delivery: [], answer: [], [kind]: ['an-id'] };
    expect(queues).toEqual(rung);
    expect(lines.join()).toContain(`"event":"rang","${field}":"an-id"`);
  });

  test.each(['fact', 'milestone', 'window', 'watermark', 'toString', '__proto__'])(
    'of kind %s nobody is rung for',
    async (kind) => {
      const { queues, hear } = world();
      expect(await hear(item(kind, 'an-id'))).toEqual({ batchItemFailures: [] });
      expect(Object.values(queues).flat()).toEqual([]);
    },
  );

  test('of which nobody hears is read again from there, and what came before is not', async () => {
    const { queues, bells, hear } = world();
    bells.transmission.cutOff();
    const answer = await hear(item('trigger', 'one'), item('transmission', 'two'));
    expect(queues.trigger).toEqual(['one']);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });
});
