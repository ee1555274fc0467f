import { expect, test } from '@jest/globals';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import { consentStore } from '../../../shared/adapters/dynamo/consents.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import { addressKeyOf, milestoneIdOf, sha256, type RequestId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { revoked } from '../../../shared/transmit-request/revoke.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { atSecond } from '../../support/histories.ts';
import { ADA_KEY, BEN_KEY, consent, LEE, request, type FreshTable } from './samples.ts';

const ONE = 'req_1' as RequestId;
const NOW = atSecond(100);

const hasRoom = (kept: readonly TransmitRequest[]) => kept.length < 3;

/** What stands under the id that a milestone of this kind has. */
const milestoneAt = async (table: Table, kind: string, version: number, addressKey = '') => {
  const id = milestoneIdOf(ONE, kind, `${version} ${addressKey}`);
  const item = await table.get(KEYS.milestone(id));
  return item && { kind: item['kind'], beside: item['id'] === id, body: item['body'] };
};

export function transmitRequestStoreContract(fresh: FreshTable): void {
  const open = async () => transmitRequestStore(await fresh());

  test('a request is kept whole, and found by patient and id', async () => {
    const store = await open();
    const given = request('req_1', 0, { until: '2027-01-01', clientReference: 'visit 7' });
    expect(await store.create(given, 0)).toEqual(given);
    expect(await store.get(ADA_KEY, ONE)).toEqual(done(given));
  });

  test('transmit-request/unknown: no such id, or the id of another patient', async () => {
    const store = await open();
    await store.create(request('req_1'), 0);
    const unknown = fail('transmit-request/unknown');
    expect(await store.get(ADA_KEY, 'req_2' as RequestId)).toEqual(unknown);
    expect(await store.get(BEN_KEY, ONE)).toEqual(unknown);
    expect(await store.change(BEN_KEY, ONE, NOW, done)).toEqual(unknown);
  });

  test('the same directive again answers what is kept, changes since included', async () => {
    const store = await open();
    await store.create(request('req_1'), 0);
    await store.change(ADA_KEY, ONE, NOW, (current) => done({ ...current, status: 'revoked' }));
    const again = await store.create(request('req_1', 60), 0);
    expect(again).toMatchObject({ status: 'revoked', version: 2 });
  });

  test('the same id with another directive: what is kept is answered, and nothing changes', async () => {
    const store = await open();
    const first = request('req_1');
    await store.create(first, 0);
    const directive = { ...first.directive, sha256: sha256('another') };
    expect(await store.create({ ...first, directive }, 0)).toEqual(first);
    expect(await store.get(ADA_KEY, ONE)).toEqual(done(first));
  });

  test('consents-changed: the patient has answered since the version was read, and nothing is kept', async () => {
    const table = await fresh();
    const [store, consents] = [transmitRequestStore(table), consentStore(table)];
    const changed = 'consents-changed';
    expect(await store.create(request('req_1'), 1)).toBe(changed);
    const { version } = await consents.standing(ADA_KEY);
    await consents.add(consent('con_1', 0, { decision: 'rejected' }));
    expect(await store.create(request('req_1'), version)).toBe(changed);
    expect(await store.get(ADA_KEY, ONE)).toEqual(fail('transmit-request/unknown'));

    const now = await consents.standing(ADA_KEY);
    expect(await store.create(request('req_1'), now.version)).toEqual(request('req_1'));
    await consents.add(consent('con_2', 9));
    expect(await store.create(request('req_1'), now.version)).toEqual(request('req_1'));
  });

  test('no-room: of many that are made at once as many are kept as there is room for', async () => {
    const store = await open();
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, n) => store.create(request(`req_${n}`), 0, hasRoom)),
    );
    expect(made.filter((each) => each === 'no-room')).toHaveLength(5);
    const kept = await store.list(ADA_KEY);
    expect(kept).toHaveLength(3);
    expect(await store.create(kept[0]!, 0, hasRoom)).toEqual(kept[0]);
    const other = { ...request('req_9'), patientKey: BEN_KEY };
    expect(await store.create(other, 0, hasRoom)).toEqual(other);
  });

  test('of requests and answers that race, none is made on a version that an answer has passed', async () => {
    const table = await fresh();
    const [store, consents] = [transmitRequestStore(table), consentStore(table)];
    const rounds = Array.from({ length: 10 }, (_, n) => n);
    const made = await Promise.all(
      rounds.map(async (n) => {
        const [created] = await Promise.all([
          store.create(request(`req_${n}`), n),
          consents.add(consent(`con_${n}`, n)),
        ]);
        return typeof created === 'string' ? [] : [created.id];
      }),
    );
    const kept = (await store.list(ADA_KEY)).map(({ id }) => id);
    expect(kept.toSorted()).toEqual(made.flat().toSorted());
    expect((await consents.standing(ADA_KEY)).version).toBe(10);
    for (const n of rounds) {
      expect(await store.create(request(`late_${n}`), n)).toBe('consents-changed');
    }
  });

  test('lists the newest first, revoked ones included', async () => {
    const store = await open();
    await store.create(request('req_b', 1), 0);
    await store.create(request('req_a', 3, { status: 'revoked' }), 0);
    await store.create(request('req_c', 2), 0);
    expect((await store.list(ADA_KEY)).map(({ id }) => id)).toEqual(['req_a', 'req_c', 'req_b']);
    expect(await store.list(BEN_KEY)).toEqual([]);
  });

  test('what they stand at counts up with each that is made and each stop, and with nothing else', async () => {
    const store = await open();
    const standing = async () => (await store.standing(ADA_KEY)).version;
    const change = (decide: (current: TransmitRequest) => TransmitRequest) =>
      store.change(ADA_KEY, ONE, NOW, (current) => done(decide(current)));
    const stop = () => store.change(ADA_KEY, ONE, NOW, (current) => revoked(current, NOW));
    expect(await store.standing(ADA_KEY)).toEqual({ requests: [], version: 0 });
    await store.create(request('req_1'), 0);
    expect(await standing()).toBe(1);
    await change((current) => ({ ...current, servedAt: NOW.toISOString() }));
    expect(await standing()).toBe(1);
    await stop();
    expect(await standing()).toBe(2);
    await stop();
    await change((current) => ({ ...current, clientReference: 'visit 8' }));
    expect(await store.standing(ADA_KEY)).toMatchObject({
      requests: [{ id: ONE, status: 'revoked' }],
      version: 2,
    });
    await store.create(request('req_2'), 0);
    expect(await standing()).toBe(3);
  });

  test('a change counts the version up, whatever version the decision names', async () => {
    const store = await open();
    await store.create(request('req_1'), 0);
    const changed = await store.change(ADA_KEY, ONE, NOW, (current) =>
      done({ ...current, frequency: 'once', version: 70 }),
    );
    expect(changed).toEqual(done(request('req_1', 0, { frequency: 'once', version: 2 })));
    expect(await store.get(ADA_KEY, ONE)).toEqual(changed);
  });

  test('a decision for what is there already writes nothing, and so does a refusal', async () => {
    const store = await open();
    await store.create(request('req_1'), 0);
    expect(await store.change(ADA_KEY, ONE, NOW, done)).toEqual(done(request('req_1')));
    const refused = fail('edge/precondition-failed');
    expect(await store.change(ADA_KEY, ONE, NOW, () => refused)).toEqual(refused);
    expect(await store.get(ADA_KEY, ONE)).toEqual(done(request('req_1')));
  });

  test('changes that race all count: each decides on what the one before it left', async () => {
    const store = await open();
    await store.create(request('req_1', 0, { clientReference: '' }), 0);
    const letters = 'abcdefghij'.split('');
    const race = letters.map((letter) =>
      store.change(ADA_KEY, ONE, NOW, (current) =>
        done({ ...current, clientReference: `${current.clientReference}${letter}` }),
      ),
    );
    const changed = await Promise.all(race);
    const versions = changed.map((each) => (each.ok ? each.value.version : 0));
    expect(versions.sort((one, other) => one - other)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const kept = await store.get(ADA_KEY, ONE);
    expect(kept.ok && kept.value.clientReference?.split('').sort()).toEqual(letters);
  });

  test('is due when it says so, at a time that every change moves, until nothing of it is due', async () => {
    const table = await fresh();
    const [store, index] = [transmitRequestStore(table), dueIndex(table)];
    const reviewAt = atSecond(50).toISOString();
    await store.create(request('req_1', 0, { reviewAt }), 0);
    await store.create(request('req_2'), 0);
    expect((await index.due(atSecond(49), 9)).due).toEqual([]);
    expect((await index.due(atSecond(50), 9)).due).toEqual([
      { kind: 'request', id: 'req_1', patientKey: ADA_KEY },
    ]);

    const later = { reviewAt: atSecond(70).toISOString() };
    await store.change(ADA_KEY, ONE, NOW, (current) => done({ ...current, ...later }));
    expect((await index.due(atSecond(69), 9)).due).toEqual([]);
    expect((await index.due(atSecond(70), 9)).due).toHaveLength(1);
    await store.change(ADA_KEY, ONE, NOW, (current) => revoked(current, NOW));
    expect((await index.due(atSecond(999), 9)).due).toEqual([]);
  });

  test('whoever postpones it does not undo a change that was made meanwhile', async () => {
    const table = await fresh();
    const store = transmitRequestStore(table);
    const [reviewAt, postponed] = [atSecond(50).toISOString(), atSecond(200)];
    await store.create(request('req_1', 0, { reviewAt }), 0);
    const slow: Table = {
      ...table,
      async get(key) {
        const item = await table.get(key);
        await store.change(ADA_KEY, ONE, NOW, (current) => revoked(current, NOW, LEE));
        return item;
      },
    };
    const due = { kind: 'request', id: ONE, patientKey: ADA_KEY } as const;
    await dueIndex(slow).postpone(due, () => postponed);
    const kept = await store.get(ADA_KEY, ONE);
    expect(kept.ok && kept.value.addresses[addressKeyOf(LEE)]?.status).toBe('revoked');
    expect((await dueIndex(table).due(atSecond(50), 9)).due).toHaveLength(1);
    await dueIndex(table).postpone(due, () => postponed);
    expect((await dueIndex(table).due(atSecond(199), 9)).due).toEqual([]);
    expect(await store.get(ADA_KEY, ONE)).toEqual(kept);
  });

  test('each change that is news leaves its milestone, and what changes nothing leaves none', async () => {
    const table = await fresh();
    const store = transmitRequestStore(table);
    const created = { requestId: ONE, patientKey: ADA_KEY, at: atSecond(3).toISOString() };
    await store.create(request('req_1', 3, { clientReference: 'visit 7' }), 0);
    await store.create(request('req_1', 9), 0);
    expect(await milestoneAt(table, 'transmit-request.created', 1)).toEqual({
      kind: 'milestone',
      beside: true,
      body: expect.objectContaining({ ...created, clientReference: 'visit 7' }),
    });

    const refused = fail('edge/precondition-failed');
    await store.change(ADA_KEY, ONE, NOW, done);
    await store.change(ADA_KEY, ONE, NOW, () => refused);
    expect(await milestoneAt(table, 'transmit-request.revoked', 2)).toBeUndefined();
    const lee = addressKeyOf(LEE);
    await store.change(ADA_KEY, ONE, NOW, (current) => revoked(current, NOW, LEE));
    await store.change(ADA_KEY, ONE, NOW, (current) => revoked(current, NOW));
    const first = await milestoneAt(table, 'transmit-request.revoked', 2, lee);
    expect(first?.body).toMatchObject({ addressKey: lee, at: NOW.toISOString() });
    const second = await milestoneAt(table, 'transmit-request.revoked', 3);
    expect(second?.body).not.toHaveProperty('addressKey');
  });

  test('consents-changed: a request that is not kept leaves no milestone either', async () => {
    const table = await fresh();
    expect(await transmitRequestStore(table).create(request('req_1'), 1)).toBe('consents-changed');
    expect(await milestoneAt(table, 'transmit-request.created', 1)).toBeUndefined();
  });
}
