import { describe, expect, test } from '@jest/globals';
import type { RawTable, Written } from '../../../shared/adapters/dynamo/table.ts';
import { AGAIN, optimistically } from '../../../shared/adapters/dynamo/table/optimistic.ts';
import { TableBusy } from '../../../shared/adapters/dynamo/table/refusals.ts';
import { retrying } from '../../../shared/adapters/dynamo/table/retrying.ts';

const never = (): Promise<never> => Promise.reject(new Error('not asked here'));

/** A table that answers a write with one answer after the other, and counts how often it was asked. */
function answering(...answers: readonly (Written | Error)[]): RawTable & { asked: number } {
  return {
    asked: 0,
    get: never,
    query: never,
    write() {
      const answer = answers[Math.min(this.asked, answers.length - 1)];
      this.asked += 1;
      return answer && 'ok' in answer ? Promise.resolve(answer) : Promise.reject(answer);
    },
  };
}

function patient(raw: RawTable, random = 1) {
  const waits: number[] = [];
  const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
  return { table: retrying(raw, { random: () => random, sleep }), waits };
}

const busy = new TableBusy();

describe('patience with a table', () => {
  test('asks again after a conflict, and answers what comes of it', async () => {
    const raw = answering(busy, busy, { ok: true });
    const { table, waits } = patient(raw);
    expect(await table.write([])).toEqual({ ok: true });
    expect(raw.asked).toBe(3);
    expect(waits).toEqual([25, 50]);
  });

  test('a failed condition is an answer, and is never asked again', async () => {
    const raw = answering({ ok: false, failed: [0] }, { ok: true });
    expect(await patient(raw).table.write([])).toEqual({ ok: false, failed: [0] });
    expect(raw.asked).toBe(1);
  });

  test('what is broken is not asked again: it may have been written', async () => {
    const raw = answering(new Error('socket hang up'), { ok: true });
    await expect(patient(raw).table.write([])).rejects.toThrow('socket hang up');
    expect(raw.asked).toBe(1);
  });

  test('gives up after ten tries, with waits that double and then stay', async () => {
    const raw = answering(busy);
    const { table, waits } = patient(raw);
    await expect(table.write([])).rejects.toBe(busy);
    expect(raw.asked).toBe(10);
    expect(waits).toEqual([25, 50, 100, 200, 400, 500, 500, 500, 500]);
  });

  test('waits by chance, from nothing on', async () => {
    const { table, waits } = patient(answering(busy, busy, { ok: true }), 0.1);
    await table.write([]);
    expect(waits).toEqual([2.5, 5]);
  });
});

describe('reading, deciding and writing again', () => {
  test('goes on until nobody was faster, with a wait after each lost race', async () => {
    const { table, waits } = patient(answering(busy));
    let tries = 0;
    const answer = await optimistically(table, async () => {
      tries += 1;
      return tries < 4 ? AGAIN : tries;
    });
    expect(answer).toBe(4);
    expect(waits).toEqual([25, 50, 100]);
  });

  test('gives up when somebody was faster 25 times', async () => {
    const { table, waits } = patient(answering(busy));
    await expect(optimistically(table, async () => AGAIN)).rejects.toThrow(TableBusy);
    expect(waits).toHaveLength(25);
  });
});
