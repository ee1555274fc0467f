import { expect, test } from '@jest/globals';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import { triggerStore } from '../../../shared/adapters/dynamo/triggers.ts';
import { windowStore } from '../../../shared/adapters/dynamo/windows.ts';
import type { BatchId, MilestoneId, RequestId, TriggerId } from '../../../shared/ids.ts';
import type { Milestone } from '../../../shared/transmit-request/milestone.ts';
import type { Window } from '../../../shared/trigger/window.ts';
import { atSecond } from '../../support/histories.ts';
import { ADA_KEY, trigger, window, type FreshTable } from './samples.ts';

const ONE = 'req_1' as RequestId;
const TWENTY = Array.from({ length: 20 }, (_, n) => `trg_${n}`);
const at = (second: number): string => atSecond(second).toISOString();

const NEEDED: Milestone = {
  id: 'mil_1' as MilestoneId,
  kind: 'record.needed',
  requestId: ONE,
  patientKey: ADA_KEY,
  at: at(1),
};

/** What a trigger does that joins, and opens the window when there is none. */
const joining =
  (id: string) =>
  (request: RequestId, open: Window | undefined): Window => {
    const before =
      open ?? window(request, { batchId: `bat_${id}` as BatchId, triggers: [], joined: 0 });
    const joined = { id: id as TriggerId, kind: 'discharge', occurredAt: at(0) } as const;
    return { ...before, triggers: [...before.triggers, joined], joined: before.joined + 1 };
  };

const join = (table: Table, id: string, ...requests: readonly string[]) =>
  windowStore(table).join(id as TriggerId, requests as readonly RequestId[], joining(id));

export function windowStoreContract(fresh: FreshTable): void {
  /** Triggers that nobody has matched yet. */
  const reported = async (...ids: readonly string[]) => {
    const table = await fresh();
    for (const id of ids) await triggerStore(table).add(trigger(id), atSecond(60));
    const index = dueIndex(table);
    const dueAt = async (second: number) =>
      (await index.due(atSecond(second), 5)).due.map(({ kind, id }) => `${kind} ${id}`);
    return { table, windows: windowStore(table), index, dueAt };
  };
  test('a trigger opens the windows of all requests, and is never due again', async () => {
    const { table, windows, dueAt } = await reported('trg_1');
    const open = await join(table, 'trg_1', 'req_1', 'req_2');
    expect(open).toMatchObject([
      { requestId: 'req_1', joined: 1, version: 1 },
      { requestId: 'req_2', joined: 1, version: 1 },
    ]);
    expect([await windows.read(ONE), await windows.read('req_2' as RequestId)]).toEqual(open);
    expect(await windows.read('req_3' as RequestId)).toBeUndefined();
    expect(await dueAt(299)).toEqual([]);
    expect(new Set(await dueAt(300))).toEqual(new Set(['window req_1', 'window req_2']));
  });

  test('a trigger that joined before joins nothing, and neither does one that is not there', async () => {
    const { table, windows } = await reported('trg_1');
    await join(table, 'trg_1', 'req_1');
    expect(await join(table, 'trg_1', 'req_1', 'req_2')).toBe('joined-before');
    expect(await join(table, 'trg_9', 'req_1')).toBe('joined-before');
    expect(await windows.read(ONE)).toMatchObject({ joined: 1, version: 1 });
    expect(await windows.read('req_2' as RequestId)).toBeUndefined();
  });

  test('a trigger that concerns nobody has joined, too', async () => {
    const { table, dueAt } = await reported('trg_1');
    expect(await join(table, 'trg_1')).toEqual([]);
    expect(await dueAt(9999)).toEqual([]);
  });

  test('a window that stays as it is is not written, and one that is left without reason is gone', async () => {
    const { table, windows } = await reported('trg_1', 'trg_2', 'trg_3');
    await join(table, 'trg_1', 'req_1', 'req_2');
    const before = await windows.read(ONE);
    const both = [ONE, 'req_2' as RequestId];
    const kept = await windows.join('trg_2' as TriggerId, both, (id, open) =>
      id === ONE ? open : undefined,
    );
    expect(kept).toEqual([before]);
    expect(await windows.read(ONE)).toEqual(before);
    expect(await windows.read('req_2' as RequestId)).toBeUndefined();
  });

  test('of twenty triggers that come at once each joins, and each once', async () => {
    const { table, windows } = await reported(...TWENTY);
    const rings = [...TWENTY, ...TWENTY];
    const answers = await Promise.all(rings.map((id) => join(table, id, 'req_1')));
    expect(answers.filter((answer) => answer === 'joined-before')).toHaveLength(20);
    const open = await windows.read(ONE);
    expect(open).toMatchObject({ joined: 20, version: 20 });
    expect(open?.triggers.map(({ id }) => id).sort()).toEqual([...TWENTY].sort());
  }, 60_000);

  test('the sweep moves a trigger on while it joins: it joins once, and is not due again', async () => {
    const { table, windows, index, dueAt } = await reported(...TWENTY);
    const moving = TWENTY.map((id) =>
      index.postpone({ kind: 'trigger', id: id as TriggerId }, () => atSecond(90)),
    );
    await Promise.all([...moving, ...TWENTY.map((id) => join(table, id, 'req_1'))]);
    expect(await windows.read(ONE)).toMatchObject({ joined: 20 });
    expect(await dueAt(200)).toEqual([]);
  }, 60_000);

  test('a window is changed as it was read, with what is told of it', async () => {
    const { table, windows, dueAt } = await reported('trg_1');
    await join(table, 'trg_1', 'req_1');
    const read = (await windows.read(ONE))!;
    const waits = { why: 'none', since: at(1), until: at(900) } as const;
    const decided = { ...read, closesAt: at(900), waitsForRecord: waits };
    expect(await windows.change(read, decided, NEEDED)).toBe('changed');
    expect(await windows.read(ONE)).toEqual({ ...decided, version: 2 });
    expect(await table.get(KEYS.milestone(NEEDED.id))).toMatchObject({
      kind: 'milestone',
      id: 'mil_1',
      schema: 1,
      body: NEEDED,
    });
    expect(await dueAt(899)).toEqual([]);
    expect(await dueAt(900)).toEqual(['window req_1']);
  });

  test.each(['kept', 'dropped'] as const)(
    'a window that a trigger joined after it was read is not %s, and nothing is told',
    async (what) => {
      const { table, windows } = await reported('trg_1', 'trg_2');
      await join(table, 'trg_1', 'req_1');
      const read = (await windows.read(ONE))!;
      await join(table, 'trg_2', 'req_1');
      const decided = what === 'dropped' ? what : read;
      expect(await windows.change(read, decided, NEEDED)).toBe('changed-meanwhile');
      expect(await windows.read(ONE)).toMatchObject({ joined: 2, version: 2 });
      expect(await table.get(KEYS.milestone(NEEDED.id))).toBeUndefined();
    },
  );

  test('a window that is dropped is gone, and the next one that counts alike is not taken for it', async () => {
    const { table, windows, dueAt } = await reported('trg_1', 'trg_2');
    await join(table, 'trg_1', 'req_1');
    const read = (await windows.read(ONE))!;
    expect(await windows.change(read, 'dropped')).toBe('changed');
    expect(await windows.read(ONE)).toBeUndefined();
    expect(await dueAt(9999)).toEqual(['trigger trg_2']);
    expect(await windows.change(read, 'dropped')).toBe('changed-meanwhile');

    await join(table, 'trg_2', 'req_1');
    expect(await windows.read(ONE)).toMatchObject({ version: read.version });
    expect(await windows.change(read, { ...read, joined: 77 })).toBe('changed-meanwhile');
    expect(await windows.change(read, 'dropped')).toBe('changed-meanwhile');
    expect(await windows.read(ONE)).toMatchObject({ joined: 1 });
  });

  test('the sweep that moves a window on undoes no trigger that joins meanwhile', async () => {
    const { table, windows, index } = await reported(...TWENTY);
    const due = { kind: 'window', id: ONE } as const;
    await Promise.all(
      TWENTY.flatMap((id, n) => [
        join(table, id, 'req_1'),
        index.postpone(due, () => atSecond(400 + n)),
      ]),
    );
    expect(await windows.read(ONE)).toMatchObject({ joined: 20, version: 20 });
  }, 60_000);
}
