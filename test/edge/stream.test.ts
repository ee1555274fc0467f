import { describe, expect, test } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { onStreamInOrder, type Image } from '../../shared/edge/stream.ts';
import { jsonLog } from '../../shared/log.ts';

const lines: string[] = [];
const log = jsonLog((line) => lines.push(line), 'test');

const eventOf = (count: number): DynamoDBStreamEvent => ({
  Records: Array.from({ length: count }, (_, n) => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: `${100 + n}`, NewImage: { pk: { S: `TX#${n}` } } },
  })),
});

const failed = (...sequence: string[]) => ({
  batchItemFailures: sequence.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('what is new in the table, together and in order', () => {
  test('is handed over as it is, at once', async () => {
    const seen: unknown[] = [];
    const work = async (images: readonly Image[]) => {
      seen.push(...images);
      return images.length;
    };
    expect(await onStreamInOrder(work, log)(eventOf(3))).toEqual(failed());
    expect(seen).toEqual([0, 1, 2].map((n) => ({ pk: { S: `TX#${n}` } })));
  });

  test.each([0, 1, 2])('is read again after the %i that are done', async (count) => {
    const work = onStreamInOrder(async () => count, log);
    expect(await work(eventOf(3))).toEqual(failed(`${100 + count}`));
  });

  test('is read again from the first after a throw, which is logged by its place alone', async () => {
    const work = onStreamInOrder(() => Promise.reject(new Error('ana@example')), log);
    expect(await work(eventOf(2))).toEqual(failed('100'));
    expect(lines.join('\n')).toContain('record-failed');
    expect(lines.join('\n')).not.toContain('ana@example');
  });
});
