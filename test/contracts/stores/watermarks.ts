import { expect, test } from '@jest/globals';
import { watermarkStore } from '../../../shared/adapters/dynamo/watermarks.ts';
import type { FreshTable } from './samples.ts';

const NAME = '["imaps://mail.hisp.example","INBOX"]';
const at = (lastUid: number, uidValidity = '7') => ({ uidValidity, lastUid });

export function watermarkStoreContract(fresh: FreshTable): void {
  test('a mailbox that was never read has none', async () => {
    expect(await watermarkStore(await fresh()).read(NAME)).toBeUndefined();
  });

  test('it moves from where it is, and from nowhere else', async () => {
    const store = watermarkStore(await fresh());
    expect(await store.move(NAME, at(1), at(2))).toBe(false);
    expect(await store.move(NAME, undefined, at(1))).toBe(true);
    expect(await store.move(NAME, undefined, at(2))).toBe(false);
    expect(await store.move(NAME, at(2), at(3))).toBe(false);
    expect(await store.move(NAME, at(1, '8'), at(3))).toBe(false);
    expect(await store.move(NAME, at(1), at(2))).toBe(true);
    expect(await store.read(NAME)).toEqual(at(2));
  });

  test('it keeps where runs are stuck, and moves from that count only', async () => {
    const store = watermarkStore(await fresh());
    const stuck = (runs: number, uid = 2) => ({ ...at(1), stuckAt: { uid, runs } });
    expect(await store.move(NAME, undefined, stuck(1))).toBe(true);
    expect(await store.read(NAME)).toEqual(stuck(1));
    expect(await store.move(NAME, stuck(2), at(2))).toBe(false);
    expect(await store.move(NAME, stuck(1, 3), at(3))).toBe(false);
    expect(await store.move(NAME, stuck(1), stuck(2))).toBe(true);
    expect(await store.move(NAME, stuck(1), stuck(2))).toBe(false);
    expect(await store.move(NAME, stuck(2), at(2))).toBe(true);
    expect(await store.read(NAME)).toEqual(at(2));
  });

  test('of ten who move it at once one does', async () => {
    const store = watermarkStore(await fresh());
    const moved = await Promise.all(
      Array.from({ length: 10 }, (_, n) => store.move(NAME, undefined, at(n + 1))),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
  });

  test('each mailbox has its own, under a key that says nothing of it', async () => {
    const table = await fresh();
    const store = watermarkStore(table);
    await store.move(NAME, undefined, at(1));
    expect(await store.read(`${NAME}2`)).toBeUndefined();
    expect(await table.get({ pk: `MBX#${NAME}`, sk: 'WATERMARK' })).toBeUndefined();
  });
}
