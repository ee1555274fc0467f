import { expect, test } from '@jest/globals';
import { domainStore } from '../../../shared/adapters/dynamo/domains.ts';
import { atSecond } from '../../support/histories.ts';
import type { FreshTable } from './samples.ts';

const CLINIC = 'direct.clinic.example';

export function domainStoreContract(fresh: FreshTable): void {
  test('a domain that never answered has confirmed nothing', async () => {
    const store = domainStore(await fresh());
    const nothing = { domain: CLINIC, processed: 0, dispatched: 0, failed: 0 };
    expect(await store.read(CLINIC)).toEqual(nothing);
  });

  test('what is confirmed is counted by its kind, with the last time of each, for its domain alone', async () => {
    const store = domainStore(await fresh());
    await store.confirmed(CLINIC, 'processed', atSecond(1));
    await store.confirmed(CLINIC, 'processed', atSecond(5));
    await store.confirmed(CLINIC, 'dispatched', atSecond(6));
    await store.confirmed('direct.ward.example', 'failed', atSecond(7));
    expect(await store.read(CLINIC)).toEqual({
      domain: CLINIC,
      processed: 2,
      dispatched: 1,
      failed: 0,
      lastProcessedAt: atSecond(5).toISOString(),
      lastDispatchedAt: atSecond(6).toISOString(),
    });
    expect(await store.read('direct.ward.example')).toMatchObject({
      failed: 1,
      lastFailedAt: atSecond(7).toISOString(),
    });
  });

  test('what is told late does not make the last time earlier', async () => {
    const store = domainStore(await fresh());
    await store.confirmed(CLINIC, 'failed', atSecond(9));
    await store.confirmed(CLINIC, 'failed', atSecond(3));
    expect(await store.read(CLINIC)).toMatchObject({
      failed: 2,
      lastFailedAt: atSecond(9).toISOString(),
    });
  });

  test('of twenty that come at once each is counted', async () => {
    const store = domainStore(await fresh());
    const told = Array.from({ length: 20 }, (_, n) =>
      store.confirmed(CLINIC, n % 2 === 0 ? 'processed' : 'dispatched', atSecond(n)),
    );
    await Promise.all(told);
    expect(await store.read(CLINIC)).toMatchObject({ processed: 10, dispatched: 10 });
  });

  test('its name stands in no key', async () => {
    const table = await fresh();
    const pks: string[] = [];
    const listening = {
      ...table,
      get: (key: { pk: string; sk: string }) => (pks.push(key.pk), table.get(key)),
    };
    await domainStore(listening).read(CLINIC);
    expect(pks).toEqual([expect.stringMatching(/^DOM#[0-9a-f]{32}$/)]);
  });
}
