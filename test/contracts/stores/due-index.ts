import { expect, test } from '@jest/globals';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { dueAttributes, DUE_SHARDS } from '../../../shared/adapters/dynamo/keys.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { triggerStore } from '../../../shared/adapters/dynamo/triggers.ts';
import { windowStore } from '../../../shared/adapters/dynamo/windows.ts';
import type { TransmissionId, TriggerId } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type { DuePage } from '../../../shared/transmission/ledger.ts';
import { atSecond } from '../../support/histories.ts';
import { openCopy } from '../../support/open-copy.ts';
import { transmission, trigger, type FreshTable } from './samples.ts';

const IDS = Array.from({ length: 60 }, (_, n) => `tx_${n}`);
const shardOf = (id: string): string => dueAttributes(id, atSecond(0)).duePk;

export function dueIndexContract(fresh: FreshTable): void {
  test('finds transmissions and triggers of all shards, the longest due first', async () => {
    const table = await fresh();
    for (const [second, id] of IDS.entries()) {
      await openCopy(table, transmission(id), atSecond(second));
    }
    await triggerStore(table).add(trigger('trg_1'), atSecond(30.5));

    const { due, since, next } = await dueIndex(table).due(atSecond(49), 100);
    expect([since, next]).toEqual([atSecond(0), undefined]);
    const expected = [...IDS.slice(0, 31), 'trg_1', ...IDS.slice(31, 50)];
    expect(due.map(({ id }) => id)).toEqual(expected);
    expect(due.filter(({ kind }) => kind === 'trigger')).toEqual([
      { kind: 'trigger', id: 'trg_1' },
    ]);
    expect(new Set(IDS.map(shardOf))).toEqual(new Set(DUE_SHARDS));
  });

  test('answers no more than `limit` of each shard, those that are due longest, and then the next', async () => {
    const table = await fresh();
    // Many at the same time too: a page may end among them.
    for (const [index, id] of IDS.entries()) {
      await openCopy(table, transmission(id), atSecond(Math.floor(index / 20)));
    }
    const page = await dueIndex(table).due(atSecond(100), 1);
    expect(page.due).toHaveLength(DUE_SHARDS.length);

    const seen: string[] = [];
    let last: DuePage | undefined = page;
    for (; last; last = await last.next?.()) {
      const ids = last.due.map(({ id }) => id);
      expect(new Set(ids.map(shardOf)).size).toBe(ids.length);
      seen.push(...ids);
    }
    expect(new Set(seen)).toEqual(new Set(IDS));
    expect(seen).toHaveLength(IDS.length);
    for (const shard of DUE_SHARDS) {
      const seconds = seen
        .filter((id) => shardOf(id) === shard)
        .map((id) => Math.floor(IDS.indexOf(id) / 20));
      expect(seconds).toEqual([...seconds].sort((one, other) => one - other));
    }
  });

  test('of nothing that is due answers an empty page, and no other', async () => {
    expect(await dueIndex(await fresh()).due(atSecond(0), 1)).toEqual({ due: [] });
  });

  test('moves on what was looked at, and leaves alone what is settled or was moved', async () => {
    const table = await fresh();
    const index = dueIndex(table);
    const [triggers, transmissions] = [triggerStore(table), ledger(table)];
    await triggers.add(trigger('trg_1'), atSecond(1));
    await openCopy(table, transmission('tx_1'), atSecond(2));
    const { due } = await index.due(atSecond(2), 5);
    expect(due.map(({ id }) => id)).toEqual(['trg_1', 'tx_1']);

    for (const each of due) await index.postpone(each, () => atSecond(60));
    expect((await index.due(atSecond(59), 5)).due).toEqual([]);
    expect((await index.due(atSecond(60), 5)).due.map(({ id }) => id).sort()).toEqual([
      'trg_1',
      'tx_1',
    ]);

    await windowStore(table).join('trg_1' as TriggerId, [], () => undefined);
    expect((await transmissions.append('tx_1' as TransmissionId, atSecond(61), end)).ok).toBe(true);
    for (const each of due) await index.postpone(each, () => atSecond(90));
    expect((await index.due(atSecond(99), 5)).due).toEqual([]);
  });

  test('counts how often something was moved on, until it is changed', async () => {
    const table = await fresh();
    const [index, transmissions] = [dueIndex(table), ledger(table)];
    await openCopy(table, transmission('tx_1'), atSecond(0));
    const [due] = (await index.due(atSecond(0), 1)).due;
    const counted: number[] = [];
    const postpone = () =>
      index.postpone(due!, (times) => {
        counted.push(times);
        return atSecond(counted.length);
      });

    for (let n = 0; n < 3; n += 1) await postpone();
    await transmissions.append('tx_1' as TransmissionId, atSecond(0), laterOn);
    await postpone();
    expect(counted).toEqual([0, 1, 2, 0]);
    await index.postpone(due!, () => atSecond(1));
    expect((await index.due(atSecond(9), 1)).since).toEqual(atSecond(4));
  });
}

const laterOn = () => done({ facts: [], dueAt: atSecond(2) });

const end = () => done({ facts: [], dueAt: 'never' } as const);
