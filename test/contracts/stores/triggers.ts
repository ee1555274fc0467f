import { expect, test } from '@jest/globals';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { triggerStore } from '../../../shared/adapters/dynamo/triggers.ts';
import type { TriggerId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { atSecond } from '../../support/histories.ts';
import { trigger, type FreshTable } from './samples.ts';

const ONE = 'trg_1' as TriggerId;

export function triggerStoreContract(fresh: FreshTable): void {
  test('a trigger is added once and kept whole', async () => {
    const store = triggerStore(await fresh());
    expect(await store.add(trigger('trg_1'), atSecond(60))).toEqual(done('added'));
    expect(await store.add(trigger('trg_1'), atSecond(90))).toEqual(done('duplicate'));
    expect(await store.get(ONE)).toEqual(done(trigger('trg_1')));
  });

  test('trigger/event-id-reused: the same id with other content', async () => {
    const store = triggerStore(await fresh());
    await store.add(trigger('trg_1'), atSecond(60));
    const reused = await store.add(trigger('trg_1', 'other'), atSecond(60));
    expect(reused).toEqual(fail('trigger/event-id-reused'));
    expect(await store.get(ONE)).toEqual(done(trigger('trg_1')));
  });

  test('trigger/unknown: no such id', async () => {
    const store = triggerStore(await fresh());
    expect(await store.get(ONE)).toEqual(fail('trigger/unknown'));
  });

  test('of twenty posts of one event exactly one adds it', async () => {
    const store = triggerStore(await fresh());
    const posts = Array.from({ length: 20 }, () => store.add(trigger('trg_1'), atSecond(60)));
    const answers = (await Promise.all(posts)).map((post) => post.ok && post.value);
    expect(answers.filter((answer) => answer === 'added')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'duplicate')).toHaveLength(19);
  });

  test('it is due from the time that it is given', async () => {
    const table = await fresh();
    const index = dueIndex(table);
    await triggerStore(table).add(trigger('trg_1'), atSecond(60));
    expect((await index.due(atSecond(59), 5)).due).toEqual([]);
    expect((await index.due(atSecond(60), 5)).due).toEqual([{ kind: 'trigger', id: 'trg_1' }]);
  });

  test('what the stream is filtered by stands at the top of the item', async () => {
    const table = await fresh();
    await triggerStore(table).add(trigger('trg_1'), atSecond(60));
    expect(await table.get({ pk: 'TRG#trg_1', sk: 'TRIGGER' })).toMatchObject({
      kind: 'trigger',
      id: 'trg_1',
      schema: 1,
    });
  });
}
