import { expect, test } from '@jest/globals';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import { sha256, type RequestId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { ADA_KEY, BEN_KEY, request, type FreshTable } from './samples.ts';

const ONE = 'req_1' as RequestId;

export function transmitRequestStoreContract(fresh: FreshTable): void {
  const open = async () => transmitRequestStore(await fresh());

  test('a request is kept whole, and found by patient and id', async () => {
    const store = await open();
    const given = request('req_1', 0, { until: '2027-01-01', clientReference: 'visit 7' });
    expect(await store.create(given)).toEqual(given);
    expect(await store.get(ADA_KEY, ONE)).toEqual(done(given));
  });

  test('transmit-request/unknown: no such id, or the id of another patient', async () => {
    const store = await open();
    await store.create(request('req_1'));
    const unknown = fail('transmit-request/unknown');
    expect(await store.get(ADA_KEY, 'req_2' as RequestId)).toEqual(unknown);
    expect(await store.get(BEN_KEY, ONE)).toEqual(unknown);
    expect(await store.change(BEN_KEY, ONE, done)).toEqual(unknown);
  });

  test('the same directive again answers what is kept, changes since included', async () => {
    const store = await open();
    await store.create(request('req_1'));
    await store.change(ADA_KEY, ONE, (current) => done({ ...current, status: 'revoked' }));
    const again = await store.create(request('req_1', 60));
    expect(again).toMatchObject({ status: 'revoked', version: 2 });
  });

  test('the same id with another directive: what is kept is answered, and nothing changes', async () => {
    const store = await open();
    const first = request('req_1');
    await store.create(first);
    const directive = { ...first.directive, sha256: sha256('another') };
    expect(await store.create({ ...first, directive })).toEqual(first);
    expect(await store.get(ADA_KEY, ONE)).toEqual(done(first));
  });

  test('lists the newest first, revoked ones included', async () => {
    const store = await open();
    await store.create(request('req_b', 1));
    await store.create(request('req_a', 3, { status: 'revoked' }));
    await store.create(request('req_c', 2));
    expect((await store.list(ADA_KEY)).map(({ id }) => id)).toEqual(['req_a', 'req_c', 'req_b']);
    expect(await store.list(BEN_KEY)).toEqual([]);
  });

  test('a change counts the version up, whatever version the decision names', async () => {
    const store = await open();
    await store.create(request('req_1'));
    const changed = await store.change(ADA_KEY, ONE, (current) =>
      done({ ...current, frequency: 'once', version: 70 }),
    );
    expect(changed).toEqual(done(request('req_1', 0, { frequency: 'once', version: 2 })));
    expect(await store.get(ADA_KEY, ONE)).toEqual(changed);
  });

  test('a decision for what is there already writes nothing, and so does a refusal', async () => {
    const store = await open();
    await store.create(request('req_1'));
    expect(await store.change(ADA_KEY, ONE, done)).toEqual(done(request('req_1')));
    const refused = fail('edge/precondition-failed');
    expect(await store.change(ADA_KEY, ONE, () => refused)).toEqual(refused);
    expect(await store.get(ADA_KEY, ONE)).toEqual(done(request('req_1')));
  });

  test('changes that race all count: each decides on what the one before it left', async () => {
    const store = await open();
    await store.create(request('req_1', 0, { clientReference: '' }));
    const letters = 'abcdefghij'.split('');
    const race = letters.map((letter) =>
      store.change(ADA_KEY, ONE, (current) =>
        done({ ...current, clientReference: `${current.clientReference}${letter}` }),
      ),
    );
    const changed = await Promise.all(race);
    const versions = changed.map((each) => (each.ok ? each.value.version : 0));
    expect(versions.sort((one, other) => one - other)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const kept = await store.get(ADA_KEY, ONE);
    expect(kept.ok && kept.value.clientReference?.split('').sort()).toEqual(letters);
  });
}
