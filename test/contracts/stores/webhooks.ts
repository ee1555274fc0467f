import { expect, test } from '@jest/globals';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import type { WebhookId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { type FreshTable, webhook } from './samples.ts';

const ONE = 'whk_1' as WebhookId;
const unknown = fail('report/unknown-webhook');
const tooMany = fail('report/too-many-webhooks');

export function webhookStoreContract(fresh: FreshTable): void {
  const open = async () => webhookStore(await fresh());

  test('a webhook is kept whole, and what is kept is answered when it is added again', async () => {
    const store = await open();
    const given = webhook('whk_1', 0, { types: ['record.needed'] });
    expect(await store.add(given)).toEqual(done(given));
    expect(await store.get(ONE)).toEqual(done(given));
    expect(await store.add(webhook('whk_1', 9, { url: 'https://other.example' }))).toEqual(
      done(given),
    );
    expect(await store.list()).toEqual([given]);
  });

  test('lists the oldest first', async () => {
    const store = await open();
    for (const [id, second] of [
      ['whk_b', 2] as const,
      ['whk_c', 1] as const,
      ['whk_a', 2] as const,
    ]) {
      await store.add(webhook(id, second));
    }
    expect((await store.list()).map(({ id }) => id)).toEqual(['whk_c', 'whk_a', 'whk_b']);
  });

  test('report/unknown-webhook: no such id, or none any more', async () => {
    const store = await open();
    expect(await store.get(ONE)).toEqual(unknown);
    expect(await store.change(ONE, done)).toEqual(unknown);
    expect(await store.remove(ONE)).toEqual(unknown);

    await store.add(webhook('whk_1'));
    expect(await store.remove(ONE)).toEqual(done(undefined));
    expect(await store.get(ONE)).toEqual(unknown);
    expect(await store.list()).toEqual([]);
    expect(await store.remove(ONE)).toEqual(unknown);
  });

  test('report/too-many-webhooks: the eleventh, until one is removed', async () => {
    const store = await open();
    for (let n = 0; n < 10; n += 1) {
      expect(await store.add(webhook(`whk_${n}`))).toEqual(done(webhook(`whk_${n}`)));
    }
    expect(await store.add(webhook('whk_10'))).toEqual(tooMany);
    expect(await store.add(webhook('whk_9'))).toEqual(done(webhook('whk_9')));
    await store.remove(ONE);
    expect((await store.add(webhook('whk_10'))).ok).toBe(true);
    expect(await store.add(webhook('whk_1'))).toEqual(tooMany);
  });

  test('of twenty that are added at once, ten are kept', async () => {
    const store = await open();
    const ids = Array.from({ length: 20 }, (_, n) => `whk_${n}`);
    const added = await Promise.all(ids.map((id) => store.add(webhook(id))));
    expect(added.filter(({ ok }) => ok)).toHaveLength(10);
    expect(added.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 10 }, () => tooMany));
    expect(await store.list()).toHaveLength(10);
  });

  test('a change counts the version up, a refusal and the same again write nothing', async () => {
    const store = await open();
    await store.add(webhook('whk_1'));
    const refused = fail('report/webhook-disabled');
    expect(await store.change(ONE, () => refused)).toEqual(refused);
    expect(await store.change(ONE, done)).toEqual(done(webhook('whk_1')));
    expect(await store.get(ONE)).toEqual(done(webhook('whk_1')));

    const changed = await store.change(ONE, (current) =>
      done({ ...current, secretGeneration: 2, version: 70 }),
    );
    expect(changed).toEqual(done(webhook('whk_1', 0, { secretGeneration: 2, version: 2 })));
    expect(await store.get(ONE)).toEqual(changed);
  });

  test('changes that race all count', async () => {
    const store = await open();
    await store.add(webhook('whk_1'));
    await Promise.all(
      Array.from({ length: 8 }, () =>
        store.change(ONE, (current) =>
          done({ ...current, secretGeneration: current.secretGeneration + 1 }),
        ),
      ),
    );
    expect(await store.get(ONE)).toMatchObject(done({ secretGeneration: 9, version: 9 }));
  });
}
