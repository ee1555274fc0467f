import { expect, test } from '@jest/globals';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import type { DeliveryId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import type { Delivery } from '../../../shared/report/delivery.ts';
import { atSecond } from '../../support/histories.ts';
import { delivery, type FreshTable } from './samples.ts';

const ONE = 'whd_1' as DeliveryId;
const unknown = fail('report/unknown-delivery');
const DUE = { kind: 'delivery', id: 'whd_1' };

const waitingUntil = (second: number) => (current: Delivery) => ({
  ...current,
  nextAttemptAt: atSecond(second).toISOString(),
});

export function deliveryStoreContract(fresh: FreshTable): void {
  test('a delivery is added once and kept whole', async () => {
    const store = deliveryStore(await fresh());
    await store.add(delivery('whd_1'));
    await store.change(ONE, (current) => ({ ...current, status: 'delivered', lastStatus: 204 }));
    await store.add(delivery('whd_1', 60));
    expect(await store.get(ONE)).toEqual(
      done(delivery('whd_1', 0, { status: 'delivered', lastStatus: 204, version: 2 })),
    );
  });

  test('report/unknown-delivery: no such id', async () => {
    const store = deliveryStore(await fresh());
    expect(await store.get(ONE)).toEqual(unknown);
    expect(await store.change(ONE, (current) => current)).toEqual(unknown);
  });

  test('where there is nothing to decide nothing is written', async () => {
    const store = deliveryStore(await fresh());
    await store.add(delivery('whd_1'));
    expect(await store.change(ONE, () => undefined)).toEqual(done(undefined));
    expect(await store.get(ONE)).toEqual(done(delivery('whd_1')));
  });

  test('of ten who begin the same attempt one does', async () => {
    const store = deliveryStore(await fresh());
    await store.add(delivery('whd_1'));
    const begun = await Promise.all(
      Array.from({ length: 10 }, () =>
        store.change(ONE, (current) =>
          current.attempts === 0 ? { ...current, attempts: 1 } : undefined,
        ),
      ),
    );
    expect(begun.filter((each) => each.ok && each.value !== undefined)).toHaveLength(1);
    expect(await store.get(ONE)).toEqual(done(delivery('whd_1', 0, { attempts: 1, version: 2 })));
  });

  test('it is due at its next attempt as long as it waits, and postponing moves only when it is looked at', async () => {
    const table = await fresh();
    const [store, index] = [deliveryStore(table), dueIndex(table)];
    await store.add(delivery('whd_1', 10));
    expect((await index.due(atSecond(9), 5)).due).toEqual([]);
    expect((await index.due(atSecond(10), 5)).due).toEqual([DUE]);

    await index.postpone(DUE as never, () => atSecond(70));
    expect((await index.due(atSecond(69), 5)).due).toEqual([]);
    expect(await store.get(ONE)).toEqual(done(delivery('whd_1', 10)));

    await store.change(ONE, waitingUntil(310));
    expect((await index.due(atSecond(309), 5)).due).toEqual([]);
    expect((await index.due(atSecond(310), 5)).due).toEqual([DUE]);

    await store.change(ONE, (current) => ({ ...current, status: 'failed' }));
    await index.postpone(DUE as never, () => atSecond(400));
    expect((await index.due(atSecond(9999), 5)).due).toEqual([]);
  });

  test('what the stream is filtered by stands at the top of the item', async () => {
    const table = await fresh();
    await deliveryStore(table).add(delivery('whd_1'));
    expect(await table.get({ pk: 'WHD#whd_1', sk: 'DELIVERY' })).toMatchObject({
      kind: 'delivery',
      id: 'whd_1',
      schema: 1,
    });
  });
}
