import { expect, test } from '@jest/globals';
import type { Item } from '../../shared/adapters/dynamo/table.ts';
import type { FreshTable } from './stores/samples.ts';

const item = (pk: string, sk: string, more: Record<string, unknown> = {}): Item => ({
  pk,
  sk,
  ...more,
});

const due = (pk: string, dueAt: string): Item => item(pk, 'META', { duePk: 'DUE#7', dueAt, x: 1 });

/** What a table promises, whoever keeps it. */
export function tableContract(fresh: FreshTable): void {
  test('gives back what was put, without what is undefined', async () => {
    const table = await fresh();
    const body = { text: 'é', empty: '', list: [1, 2.5, { deep: true }], map: {} };
    await table.write([{ put: item('A', '1', { body: { ...body, gone: undefined } }) }]);
    expect(await table.get({ pk: 'A', sk: '1' })).toEqual({ pk: 'A', sk: '1', body });
    expect(await table.get({ pk: 'A', sk: '2' })).toBeUndefined();
  });

  test('a put replaces the whole item', async () => {
    const table = await fresh();
    await table.write([{ put: item('A', '1', { one: 1 }) }]);
    await table.write([{ put: item('A', '1', { other: 2 }) }]);
    expect(await table.get({ pk: 'A', sk: '1' })).toEqual(item('A', '1', { other: 2 }));
  });

  test('removes what is there, and does not mind what is not', async () => {
    const table = await fresh();
    await table.write([{ put: item('A', '1') }]);
    const written = await table.write([
      { remove: { pk: 'A', sk: '1' } },
      { remove: { pk: 'A', sk: '2' } },
    ]);
    expect(written).toEqual({ ok: true });
    expect(await table.get({ pk: 'A', sk: '1' })).toBeUndefined();
  });

  test('removes under a condition, or nothing of the transaction happens', async () => {
    const table = await fresh();
    const key = { pk: 'A', sk: '1' };
    await table.write([{ put: item('A', '1', { version: 'a/2' }) }]);
    const removing = (version: string) =>
      table.write([
        { put: item('B', version) },
        { remove: key, when: [{ equals: [['version'], version] }] },
      ]);
    expect(await removing('a/1')).toEqual({ ok: false, failed: [1] });
    expect(await table.get(key)).toBeDefined();
    expect(await table.get({ pk: 'B', sk: 'a/1' })).toBeUndefined();
    expect(await removing('a/2')).toEqual({ ok: true });
    expect(await table.get(key)).toBeUndefined();
    expect(await removing('a/2')).toEqual({ ok: false, failed: [1] });
  });

  test('names every write whose condition failed, and writes none of them', async () => {
    const table = await fresh();
    await table.write([{ put: item('A', '1', { deep: { status: 'revoked' } }) }]);
    const written = await table.write([
      { put: item('B', '1') },
      { put: item('A', '1'), when: [{ absent: true }] },
      {
        check: { pk: 'A', sk: '9' },
        when: [{ equals: [['status'], 'active'] }],
      },
      { put: item('B', '2'), when: [{ absent: true }] },
    ]);
    expect(written).toEqual({ ok: false, failed: [1, 2] });
    expect(await table.get({ pk: 'B', sk: '1' })).toBeUndefined();
  });

  test.each([
    ['holds of the value at the path', ['deep', 'a-b', 'status'], 'active', true],
    ['fails of another value', ['deep', 'a-b', 'status'], 'revoked', false],
    ['fails of another type', ['count'], '7', false],
    ['holds of a number', ['count'], 7, true],
    ['fails of a path that leads nowhere', ['deep', 'none', 'status'], 'active', false],
    ['fails of a path through a text', ['pk', 'status'], 'active', false],
  ] as const)('a condition %s', async (_, path, value, holds) => {
    const table = await fresh();
    const kept = item('A', '1', { deep: { 'a-b': { status: 'active' } }, count: 7 });
    await table.write([{ put: kept }]);
    const written = await table.write([
      { check: kept, when: [{ equals: [path, value] }] },
      { put: item('B', '1') },
    ]);
    expect(written.ok).toBe(holds);
    expect((await table.get({ pk: 'B', sk: '1' })) !== undefined).toBe(holds);
  });

  test.each([
    ['holds of what is not there', ['until'], '2026-11-22', true],
    ['holds of a text that is later', ['deep', 'until'], '2026-11-22', true],
    ['holds of the same text', ['deep', 'until'], '2026-11-23', true],
    ['fails of a text that is earlier', ['deep', 'until'], '2026-11-24', false],
    ['holds of a number as large', ['count'], 7, true],
    ['fails of a smaller number', ['count'], 8, false],
    ['fails of another type', ['count'], '1', false],
  ] as const)('a lower bound %s', async (_, path, value, holds) => {
    const table = await fresh();
    const kept = item('A', '1', { deep: { until: '2026-11-23' }, count: 7 });
    await table.write([{ put: kept }]);
    const written = await table.write([
      { check: kept, when: [{ absentOrAtLeast: [path, value] }] },
    ]);
    expect(written.ok).toBe(holds);
  });

  test.each([
    ['holds of what is not there', ['deep', 'b'], true],
    ['holds of a path that leads nowhere', ['none', 'b'], true],
    ['fails of a value', ['deep', 'a'], false],
    ['fails of an object', ['deep'], false],
  ] as const)('a condition on absence %s', async (_, without, holds) => {
    const table = await fresh();
    const kept = item('A', '1', { deep: { a: 'x' } });
    await table.write([{ put: kept }]);
    expect((await table.write([{ check: kept, when: [{ without }] }])).ok).toBe(holds);
    const nobody = item('A', '2');
    expect((await table.write([{ check: nobody, when: [{ without }] }])).ok).toBe(true);
  });

  test('all conditions of a write must hold', async () => {
    const table = await fresh();
    await table.write([{ put: item('A', '1', { one: 1, two: 2 }) }]);
    const when = [{ equals: [['one'], 1] }, { equals: [['two'], 3] }] as const;
    expect(await table.write([{ check: item('A', '1'), when }])).toEqual({
      ok: false,
      failed: [0],
    });
  });

  test.each([
    ['no write', []],
    ['two writes on one item', [{ put: item('A', '1') }, { remove: item('A', '1') }]],
    ['an empty key', [{ put: item('', '1') }]],
    ['101 writes', Array.from({ length: 101 }, (_, n) => ({ put: item('A', `${n}`) }))],
  ])('refuses a transaction of %s', async (_, writes) => {
    const table = await fresh();
    await expect(table.write(writes)).rejects.toThrow(Error);
    expect(await table.query({ pk: 'A', limit: 5 })).toEqual([]);
  });

  test('answers one partition in the order of its sort keys, from either end', async () => {
    const table = await fresh();
    const sks = ['X#2', 'X#10', 'x', 'Y', 'X#1'];
    await table.write([...sks.map((sk) => ({ put: item('A', sk) })), { put: item('B', 'X#3') }]);
    const asked = async (more: object): Promise<readonly string[]> =>
      (await table.query({ pk: 'A', limit: 10, ...more })).map(({ sk }) => sk);
    expect(await asked({})).toEqual(['X#1', 'X#10', 'X#2', 'Y', 'x']);
    expect(await asked({ skPrefix: 'X#' })).toEqual(['X#1', 'X#10', 'X#2']);
    expect(await asked({ skPrefix: 'X#', newestFirst: true })).toEqual(['X#2', 'X#10', 'X#1']);
    expect(await asked({ limit: 2 })).toEqual(['X#1', 'X#10']);
    expect(await asked({ skPrefix: 'Z' })).toEqual([]);
  });

  test('goes on behind a sort key, from either end, whether there is such an item or not', async () => {
    const table = await fresh();
    const sks = ['X#1', 'X#2', 'X#3', 'Y#1'];
    await table.write(sks.map((sk) => ({ put: item('A', sk) })));
    const behind = async (after: string, more: object = {}): Promise<readonly string[]> =>
      (await table.query({ pk: 'A', skPrefix: 'X#', after, limit: 10, ...more })).map(
        ({ sk }) => sk,
      );
    expect(await behind('X#1')).toEqual(['X#2', 'X#3']);
    expect(await behind('X#3', { newestFirst: true })).toEqual(['X#2', 'X#1']);
    expect(await behind('X#29', { newestFirst: true })).toEqual(['X#2', 'X#1']);
    expect(await behind('X#0', { limit: 1 })).toEqual(['X#1']);
    expect(await behind('X#3')).toEqual([]);
  });

  test('answers over more than one page of DynamoDB, which ends at 1 MB', async () => {
    const table = await fresh();
    const large = 'x'.repeat(300_000);
    for (const sk of ['1', '2', '3', '4', '5', '6', '7']) {
      await table.write([{ put: item('A', sk, { large }) }]);
    }
    const found = await table.query({ pk: 'A', limit: 6 });
    expect(found.map(({ sk }) => sk)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(found.every((each) => each['large'] === large)).toBe(true);
  });

  test('the index `due` answers what is due up to a time, the longest due first, keys only', async () => {
    const table = await fresh();
    await table.write([
      { put: due('TX#3', '2026-11-22T10:00:03.000Z') },
      { put: due('TX#1', '2026-11-22T10:00:01.000Z') },
      { put: due('TX#2', '2026-11-22T10:00:02.000Z') },
      { put: { ...due('TX#4', '2026-11-22T10:00:01.000Z'), duePk: 'DUE#8' } },
      { put: item('TX#5', 'META') },
    ]);
    const asked = async (limit: number) =>
      table.query({ index: 'due', pk: 'DUE#7', upTo: '2026-11-22T10:00:02.000Z', limit });
    expect(await asked(5)).toEqual([
      { pk: 'TX#1', sk: 'META', duePk: 'DUE#7', dueAt: '2026-11-22T10:00:01.000Z' },
      { pk: 'TX#2', sk: 'META', duePk: 'DUE#7', dueAt: '2026-11-22T10:00:02.000Z' },
    ]);
    expect((await asked(1)).map(({ pk }) => pk)).toEqual(['TX#1']);
  });

  test('the index `due` goes on behind the last that it answered, also among those of the same time', async () => {
    const table = await fresh();
    const items = Array.from({ length: 7 }, (_, n) =>
      due(`TX#${n}`, `2026-11-22T10:00:0${n < 5 ? 1 : 2}.000Z`),
    );
    await table.write(items.map((put) => ({ put })));
    const query = { index: 'due', pk: 'DUE#7', upTo: '2027', limit: 2 } as const;
    const seen: Item[] = [];
    for (let page = await table.query(query); page.length > 0;) {
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page);
      page = await table.query({ ...query, after: page.at(-1)! });
    }
    expect(seen.map(({ pk }) => pk).sort()).toEqual(items.map(({ pk }) => pk));
    expect(seen.slice(5).map(({ pk }) => pk)).toEqual(expect.arrayContaining(['TX#5', 'TX#6']));
  });

  test('what is put again without its due attributes leaves the index', async () => {
    const table = await fresh();
    await table.write([{ put: due('TX#1', '2026-11-22T10:00:01.000Z') }]);
    await table.write([{ put: item('TX#1', 'META') }]);
    expect(await table.query({ index: 'due', pk: 'DUE#7', upTo: '2027', limit: 5 })).toEqual([]);
  });

  test('of twenty who race for one item exactly one wins', async () => {
    const table = await fresh();
    const racers = Array.from({ length: 20 }, (_, racer) =>
      table.write([{ put: item('A', '1', { racer }), when: [{ absent: true }] }]),
    );
    expect((await Promise.all(racers)).filter(({ ok }) => ok)).toHaveLength(1);
  });
}
