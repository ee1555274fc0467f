import { expect, test } from '@jest/globals';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import type { MessageId, TransmissionId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import type { Paging } from '../../../shared/page.ts';
import type { FactBody } from '../../../shared/transmission/facts.ts';
import type { Addition, Ledger } from '../../../shared/transmission/ledger.ts';
import { accepted, atSecond, delivered, intent, notice, overdue } from '../../support/histories.ts';
import { openCopy } from '../../support/open-copy.ts';
import { ADA_KEY, BEN_KEY, LEE, MESSAGE, transmission, type FreshTable } from './samples.ts';

const ONE = 'tx_1' as TransmissionId;
const LEASE = { owner: 'worker-1', attempt: 1, until: atSecond(90).toISOString() };

const requested = {
  kind: 'requested',
  trigger: 'discharge',
  sequence: 1,
  at: atSecond(0).toISOString(),
};

const numbered = (facts: readonly FactBody[], from: number, second: number) =>
  facts.map((fact, index) => ({
    ...fact,
    sequence: from + index,
    at: atSecond(second).toISOString(),
  }));

const line = (id: string, second: number, more: object) => ({
  id,
  requestId: 'req_1',
  address: LEE,
  createdAt: atSecond(second).toISOString(),
  ...more,
});

const adding =
  (kept: Ledger) =>
  (second: number, addition: Partial<Addition>, id: TransmissionId = ONE) =>
    kept.append(id, atSecond(second), () => done({ facts: [], ...addition }));

export function ledgerContract(fresh: FreshTable): void {
  const open = async () => {
    const table = await fresh();
    const kept = ledger(table);
    await openCopy(table, transmission(), atSecond(60));
    return { kept, add: adding(kept), index: dueIndex(table), table };
  };

  test('transmission/unknown: nothing was opened under that id', async () => {
    const { kept, add } = await open();
    const other = 'tx_2' as TransmissionId;
    expect(await kept.read(other)).toEqual(fail('transmission/unknown'));
    expect(await kept.identity(other)).toEqual(fail('transmission/unknown'));
    expect(await add(1, { facts: [delivered] }, other)).toEqual(fail('transmission/unknown'));
    expect(await kept.read(other)).toEqual(fail('transmission/unknown'));
  });

  test('what it is can be read without what happened to it', async () => {
    const { kept, add } = await open();
    expect(await kept.identity(ONE)).toEqual(done(transmission()));
    await add(1, { facts: [intent()], lease: LEASE });
    expect(await kept.identity(ONE)).toEqual(done(transmission()));
  });

  test('facts are numbered on without a gap, and the answer is what a reader sees', async () => {
    const { kept, add } = await open();
    await add(1, { facts: [intent(), accepted()] });
    const answered = await add(2, { facts: [notice('processed')] });
    const facts = [
      requested,
      ...numbered([intent(), accepted()], 2, 1),
      ...numbered([notice('processed')], 4, 2),
    ];
    expect(answered).toEqual(done({ transmission: transmission(), facts }));
    expect(await kept.read(ONE)).toEqual(answered);
  });

  test('a fact that is there already is not added again, nor twice in one addition', async () => {
    const { kept, add } = await open();
    await add(1, { facts: [notice('processed'), notice('processed')] });
    const again = await add(2, { facts: [notice('processed'), notice('dispatched')] });
    expect(again).toMatchObject({
      value: {
        facts: [
          requested,
          ...numbered([notice('processed')], 2, 1),
          ...numbered([notice('dispatched')], 3, 2),
        ],
      },
    });
    expect(await kept.read(ONE)).toEqual(again);
  });

  test('there is one end: a second one, whatever it says, is the same fact', async () => {
    const { add } = await open();
    await add(1, { facts: [overdue] });
    const later = await add(2, { facts: [delivered] });
    expect(later).toMatchObject({ value: { facts: [requested, ...numbered([overdue], 2, 1)] } });
  });

  test('a refusal of the decision is the answer, and nothing is written', async () => {
    const { kept } = await open();
    const refused = fail('transmit-request/expired');
    expect(await kept.append(ONE, atSecond(1), () => refused)).toEqual(refused);
    expect(await kept.read(ONE)).toMatchObject({ value: { facts: [requested] } });
  });

  test('a lease is taken, left as it is, and given back', async () => {
    const { kept, add } = await open();
    expect(await add(1, { lease: LEASE })).toMatchObject({ value: { lease: LEASE } });
    await add(2, { facts: [intent(), accepted(), delivered] });
    expect(await kept.read(ONE)).toMatchObject({ value: { lease: LEASE } });
    const released = await add(3, { lease: 'released' });
    expect(released.ok && 'lease' in released.value).toBe(false);
    expect(await kept.read(ONE)).toEqual(released);
  });

  test('it is due when it was opened to be, when an addition says so, and never after `never`', async () => {
    const { add, index } = await open();
    const itself = [{ kind: 'transmission', id: ONE }];
    expect((await index.due(atSecond(60), 5)).due).toEqual(itself);
    await add(1, { dueAt: atSecond(300) });
    expect((await index.due(atSecond(299), 5)).due).toEqual([]);
    await add(2, { facts: [intent()] });
    expect((await index.due(atSecond(300), 5)).due).toEqual(itself);
    await add(3, { facts: [delivered], dueAt: 'never' });
    await add(4, { lease: 'released' });
    expect((await index.due(atSecond(9999), 5)).due).toEqual([]);
  });

  test('a message id finds its transmission, at the second attempt too', async () => {
    const { kept, add } = await open();
    const unknown = fail('notification/unknown-message');
    expect(await kept.byName(MESSAGE)).toEqual(unknown);
    await add(1, { facts: [intent(1)], knownAs: [MESSAGE] });
    await add(2, { facts: [intent(2)], knownAs: [MESSAGE] });
    expect(await kept.byName(MESSAGE)).toEqual(done(ONE));
    expect(await kept.byName('other@holder.example' as MessageId)).toEqual(unknown);
  });

  test('the list shows the status that the facts say, the newest transmission first', async () => {
    const { kept, add, table } = await open();
    await openCopy(table, transmission('tx_0', 5), atSecond(60));
    const waiting = line('tx_0', 5, { status: 'waiting' });
    const shows = async (more: object) =>
      expect(await kept.list(ADA_KEY)).toEqual([waiting, line('tx_1', 0, more)]);

    await shows({ status: 'waiting' });
    await add(1, { facts: [intent()] });
    await shows({ status: 'sending' });
    await add(2, { facts: [accepted()] });
    await shows({ status: 'sent' });
    await add(3, { facts: [overdue] });
    await shows({ status: 'failed', code: 'notification/not-processed' });
    expect(await kept.list(BEN_KEY)).toEqual([]);
  });

  test('the list comes a page at a time, and goes on where a page ended', async () => {
    const { kept, table } = await open();
    for (const id of ['tx_a', 'tx_b', 'tx_c']) {
      await openCopy(table, transmission(id, 5), atSecond(60));
    }
    const idsOf = async (paging: Paging) => {
      const { items, next } = await kept.page(ADA_KEY, paging);
      return { ids: items.map(({ id }) => id), next };
    };
    const first = await idsOf({ limit: 2 });
    expect(first.ids).toEqual(['tx_c', 'tx_b']);
    await openCopy(table, transmission('tx_new', 9), atSecond(60));
    const second = await idsOf({ limit: 2, after: first.next ?? '' });
    expect(second).toEqual({ ids: ['tx_a', 'tx_1'], next: undefined });
    expect((await idsOf({ limit: 5 })).ids).toEqual(['tx_new', 'tx_c', 'tx_b', 'tx_a', 'tx_1']);
    expect(await kept.page(BEN_KEY, { limit: 2 })).toEqual({ items: [] });
  });

  const answers: readonly (readonly [string, FactBody])[] = [
    ['the relay took it', accepted()],
    [
      'the relay turned it away',
      { kind: 'deferred', attempt: 1, code: 'deliver/deferred', nextAttemptAt: 'later' },
    ],
    ['a notice says so', notice('processed')],
    ['it has ended', overdue],
  ];
  test.each(answers)('a copy is leaving from its intent until %s', async (_, answer) => {
    const { kept, add, table } = await open();
    await openCopy(table, transmission('tx_0', 5), atSecond(60));
    expect(await kept.leaving(ADA_KEY)).toEqual([]);
    await add(1, { facts: [intent()] });
    const copy = { transmissionId: ONE, requestId: 'req_1', address: LEE };
    expect(await kept.leaving(ADA_KEY)).toEqual([copy]);
    expect(await kept.leaving(BEN_KEY)).toEqual([]);
    await add(2, { facts: [{ kind: 'uncertain', attempt: 1 }] });
    expect(await kept.leaving(ADA_KEY)).toEqual([copy]);
    await add(3, { facts: [answer] });
    expect(await kept.leaving(ADA_KEY)).toEqual([]);
  });

  test('what leaves and is settled in one addition was never leaving', async () => {
    const { kept, add } = await open();
    await add(1, { facts: [intent(), accepted()] });
    expect(await kept.leaving(ADA_KEY)).toEqual([]);
  });

  test('what the stream is filtered by stands at the top of the item, at each change of it', async () => {
    const { add, table } = await open();
    const key = { pk: 'TX#tx_1', sk: 'META' };
    const top = { kind: 'transmission', id: 'tx_1', schema: 1 };
    expect(await table.get(key)).toMatchObject(top);
    await add(1, { facts: [intent()] });
    expect(await table.get(key)).toMatchObject(top);
  });

  test('no address, patient id or foreign text stands in a key', async () => {
    const { add, table } = await open();
    const noticeId = 'Ada-Lovelace-7@mail.clinic.example';
    await add(1, { facts: [{ kind: 'processed', noticeId, final: false }], knownAs: [MESSAGE] });
    const pks = ['TX#tx_1', `P#${ADA_KEY}`];
    const items = (await Promise.all(pks.map((pk) => table.query({ pk, limit: 9 })))).flat();
    const keys = items.map(({ pk, sk }) => `${pk} ${sk}`);
    expect(keys).toHaveLength(4);
    expect(keys.filter((key) => /@|lovelace|lee|ada\b/i.test(key))).toEqual([]);
  });
}
