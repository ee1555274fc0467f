import { expect, test } from '@jest/globals';
import { activityStore } from '../../../shared/adapters/dynamo/activities.ts';
import { consentStore } from '../../../shared/adapters/dynamo/consents.ts';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { holdStore } from '../../../shared/adapters/dynamo/holds.ts';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { recordStore } from '../../../shared/adapters/dynamo/records.ts';
import { retentionStore } from '../../../shared/adapters/dynamo/retention.ts';
import { submissionStore } from '../../../shared/adapters/dynamo/submissions.ts';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import {
  sha256,
  submissionIdOf,
  type DeliveryId,
  type DocumentId,
  type RequestId,
  type TransmissionId,
} from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type { Aging } from '../../../shared/report/retention/aging.ts';
import type { Aged } from '../../../shared/report/retention/store.ts';
import type { FactBody } from '../../../shared/transmission/facts.ts';
import { atSecond, delivered, intent } from '../../support/histories.ts';
import { openCopy } from '../../support/open-copy.ts';
import {
  ADA_KEY,
  BEN_KEY,
  consent,
  delivery,
  document,
  type FreshTable,
  KEYING,
  MESSAGE,
  request,
  transmission,
} from './samples.ts';

const COPY = 'tx_1' as TransmissionId;
const REQUEST = 'req_1' as RequestId;
const HOLD = { patientKey: ADA_KEY, at: atSecond(0).toISOString(), reason: 'case-17', by: 'kim' };
const LONG_AFTER = atSecond(1e9);

const allOf = (table: Table, aging: Aging) => retentionStore(table).aged(aging, LONG_AFTER, 500);

async function onlyOf(table: Table, aging: Aging): Promise<Aged> {
  const [only, ...others] = await allOf(table, aging);
  if (!only || others.length > 0) throw new Error(`${others.length + 1} age as ${aging}`);
  return only;
}

const add = (table: Table, second: number, facts: readonly FactBody[]) =>
  ledger(table).append(COPY, atSecond(second), () =>
    done({ facts, ...(facts.includes(delivered) && { dueAt: 'never' }) }),
  );

async function endedCopy(table: Table): Promise<void> {
  await openCopy(table, transmission(COPY), atSecond(60));
  const named = { facts: [intent()], knownAs: [MESSAGE] };
  await ledger(table).append(COPY, atSecond(1), () => done(named));
  await add(table, 5, [delivered]);
}

/** A copy whose messages are gone already. */
async function agedCopy(table: Table): Promise<Aged> {
  await endedCopy(table);
  const messages = await onlyOf(table, 'message');
  expect(await retentionStore(table).remove(messages, 1, LONG_AFTER)).toBe('removed');
  return onlyOf(table, 'transmission');
}

const line = (id: string) => ({
  id,
  at: atSecond(1).toISOString(),
  action: 'copy-sent' as const,
  addressees: [],
});

export function retentionStoreContract(fresh: FreshTable): void {
  test('a copy ages from its end on: first its messages, then all of it', async () => {
    const table = await fresh();
    await openCopy(table, transmission(COPY), atSecond(60));
    expect(await allOf(table, 'message')).toEqual([]);
    await add(table, 5, [delivered]);
    const messages = await onlyOf(table, 'message');
    expect(await retentionStore(table).read(messages)).toEqual({
      patientKey: ADA_KEY,
      since: atSecond(5).toISOString(),
      objects: [{ bucket: 'messages', name: 'outgoing/tx_1/' }],
    });
    expect(await retentionStore(table).aged('message', atSecond(4), 9)).toEqual([]);
    expect(await retentionStore(table).remove(messages, 2, LONG_AFTER)).toBe('removed');
    expect(await retentionStore(table).read(messages)).toBeUndefined();
    expect(await ledger(table).read(COPY)).toMatchObject({ ok: true });
    expect(await onlyOf(table, 'transmission')).toMatchObject({ since: atSecond(5).toISOString() });
  });

  test('what comes after the end leaves it where it is', async () => {
    const table = await fresh();
    await endedCopy(table);
    const late: FactBody = { kind: 'late-notice', noticeId: 'n', disposition: 'processed' };
    await add(table, 50, [late]);
    const messages = await onlyOf(table, 'message');
    expect(messages).toMatchObject({ since: atSecond(5).toISOString() });
    await dueIndex(table).postpone({ kind: 'transmission', id: COPY }, () => atSecond(1e6));
    expect(await onlyOf(table, 'message')).toEqual(messages);
    await retentionStore(table).remove(messages, 1, LONG_AFTER);
    await ledger(table).append(COPY, atSecond(60), () => done({ facts: [], dueAt: 'never' }));
    expect(await allOf(table, 'message')).toEqual([]);
    expect(await onlyOf(table, 'transmission')).toMatchObject({ since: messages.since });
  });

  test('of a copy that goes nothing is left, however much was said of it', async () => {
    const table = await fresh();
    const aged = await agedCopy(table);
    const late = Array.from({ length: 150 }, (_, n): FactBody => ({
      kind: 'late-notice',
      noticeId: `n-${n}`,
      disposition: 'processed',
    }));
    for (const some of [late.slice(0, 80), late.slice(80)]) await add(table, 50, some);
    expect(await retentionStore(table).remove(aged, 0, LONG_AFTER)).toBe('removed');
    expect(await ledger(table).read(COPY)).toMatchObject({ ok: false });
    expect(await ledger(table).list(ADA_KEY)).toEqual([]);
    expect(await ledger(table).byName(MESSAGE)).toMatchObject({ ok: false });
    expect(await table.query({ pk: 'TX#tx_1', limit: 9 })).toEqual([]);
    expect(await retentionStore(table).remove(aged, 0, LONG_AFTER)).toBe('changed');
  });

  test('under a hold nothing goes of its patient, and afterwards it does', async () => {
    const table = await fresh();
    const aged = await agedCopy(table);
    await holdStore(table).place(HOLD);
    expect(await retentionStore(table).remove(aged, 0, LONG_AFTER)).toBe('held');
    expect(await ledger(table).read(COPY)).toMatchObject({ ok: true });
    await holdStore(table).release(ADA_KEY, HOLD);
    await holdStore(table).place({ ...HOLD, patientKey: BEN_KEY });
    expect(await retentionStore(table).remove(aged, 0, LONG_AFTER)).toBe('removed');
  });

  test('what was left alone is found again at its time', async () => {
    const table = await fresh();
    await endedCopy(table);
    const store = retentionStore(table);
    await store.postpone(await onlyOf(table, 'message'), atSecond(90));
    expect(await store.aged('message', atSecond(89), 9)).toEqual([]);
    expect(await store.aged('message', atSecond(90), 9)).toHaveLength(1);
  });

  test('a request ages from its end on, and stays as long as a copy of it does', async () => {
    const table = await fresh();
    const store = retentionStore(table);
    const requests = transmitRequestStore(table);
    await requests.create(request('req_1'), 0);
    const running = await onlyOf(table, 'directive');
    expect(await store.read(running)).toEqual({ patientKey: ADA_KEY, objects: [] });

    const revokedAt = atSecond(40).toISOString();
    await requests.change(ADA_KEY, REQUEST, atSecond(40), (current) =>
      done({ ...current, status: 'revoked', revokedAt }),
    );
    const over = await onlyOf(table, 'directive');
    expect(over.since).toBe(revokedAt);
    expect(await store.read(over)).toMatchObject({ since: revokedAt });
    await openCopy(table, transmission(COPY), atSecond(60));
    expect(await store.read(over)).toEqual({ patientKey: ADA_KEY, objects: [] });
    await openCopy(
      table,
      transmission('tx_2', 0, { requestId: 'req_2' as RequestId }),
      atSecond(60),
    );
    await table.write([{ remove: KEYS.line(ADA_KEY, atSecond(0).toISOString(), COPY) }]);
    expect(await store.remove(over, 0, LONG_AFTER)).toBe('removed');
    expect(await requests.list(ADA_KEY)).toEqual([]);
  });

  test('an answer stays as long as a request that stands on it', async () => {
    const table = await fresh();
    const store = retentionStore(table);
    await consentStore(table).add(consent('con_1', 3));
    const aged = await onlyOf(table, 'consent');
    expect(await store.read(aged)).toMatchObject({ since: atSecond(3).toISOString() });
    await transmitRequestStore(table).create(request('req_1'), 1);
    expect(await store.read(aged)).toEqual({ patientKey: ADA_KEY, objects: [] });
    expect(await store.remove(aged, 0, LONG_AFTER)).toBe('changed');
    expect(await consentStore(table).list(ADA_KEY)).toHaveLength(1);

    await table.write([{ remove: KEYS.request(ADA_KEY, REQUEST) }]);
    expect(await store.remove(aged, 0, LONG_AFTER)).toBe('removed');
    // Whoever decided on it meanwhile finds that the answers are not as they were.
    expect(await consentStore(table).standing(ADA_KEY)).toEqual({ version: 2, consents: [] });
  });

  test('the bytes of a document age when others are those of the record, or none', async () => {
    const table = await fresh();
    const store = retentionStore(table);
    const records = recordStore(table, KEYING);
    await records.keep(document('ccd', 'one', 1));
    expect(await allOf(table, 'record')).toEqual([]);
    await records.keep(document('ccd', 'two', 2));
    const one = await onlyOf(table, 'record');
    expect(await store.read(one)).toEqual({
      patientKey: ADA_KEY,
      since: atSecond(2).toISOString(),
      objects: [{ bucket: 'records', name: 'records/ccd/1' }],
    });
    await records.remove(ADA_KEY, 'ccd' as DocumentId, atSecond(9));
    expect((await allOf(table, 'record')).map(({ since }) => since)).toEqual(
      [2, 9].map((second) => atSecond(second).toISOString()),
    );
    // Somebody who had read it before made it current again.
    await records.keep(document('ccd', 'one', 1));
    expect(await store.read(one)).toMatchObject({ objects: [{ name: 'records/ccd/1' }] });
    expect(await store.read(one)).not.toHaveProperty('since');
    await records.remove(ADA_KEY, 'ccd' as DocumentId, atSecond(20));
    const [first] = await allOf(table, 'record');
    expect(first && (await store.remove(first, 1, LONG_AFTER))).toBe('removed');
    expect(await allOf(table, 'record')).toHaveLength(1);
  });

  test('the same bytes brought twice at once leave one of their places to age', async () => {
    const table = await fresh();
    const records = recordStore(table, KEYING);
    await records.keep(document('ccd', 'one', 1));
    await records.keep({ ...document('ccd', 'one', 1), bytesAt: 'records/ccd/another' });
    const { objects } = (await retentionStore(table).read(await onlyOf(table, 'record'))) ?? {};
    expect(objects).toEqual([{ bucket: 'records', name: 'records/ccd/another' }]);
  });

  test('the bytes of a submission stay until all its copies have ended, and that it was taken for longer', async () => {
    const table = await fresh();
    const store = retentionStore(table);
    const at = atSecond(2).toISOString();
    const id = submissionIdOf('client-1', 'urn:uuid:1');
    const taken = { id, patientKey: ADA_KEY, contentSha256: sha256('posted'), at };
    const bytesAt = 'submissions/ada/1';
    const submission = { bytesAt, sha256: sha256('posted'), messageId: 'urn:uuid:1', client: 'c' };
    await transmitRequestStore(table).create(request('req_1'), 0);
    const copies = [COPY, 'tx_2'].map((copy) => transmission(copy, 0, { submission }));
    const facts = [{ kind: 'requested', trigger: 'xdr' }] as const;
    const opening = { request: request('req_1'), copies, facts, dueAt: atSecond(60) };
    await submissionStore(table).take(taken, [opening], { consents: 0, requests: 1 });
    const aged = await onlyOf(table, 'submission');
    const objects = [{ bucket: 'records', name: bytesAt }];
    expect(await store.read(aged)).toEqual({ patientKey: ADA_KEY, objects });
    await add(table, 5, [delivered]);
    expect(await store.read(aged)).toEqual({ patientKey: ADA_KEY, objects });
    await ledger(table).append('tx_2' as TransmissionId, atSecond(9), () =>
      done({ facts: [delivered], dueAt: 'never' }),
    );
    expect(await store.read(aged)).toEqual({ patientKey: ADA_KEY, objects, since: at });
    expect(await store.remove(aged, 1, LONG_AFTER)).toBe('removed');
    expect(await submissionStore(table).find(id)).toEqual(taken);
    expect((await allOf(table, 'trace')).map(({ key: { pk } }) => pk)).toContain(`SUB#${id}`);
  });

  test('traces go many at once, unless one of them is of somebody under a hold', async () => {
    const table = await fresh();
    const store = retentionStore(table);
    const lines = ['a', 'b', 'c'].map((id) => ({ patientKey: ADA_KEY, activity: line(id) }));
    await activityStore(table).keep([...lines, { patientKey: BEN_KEY, activity: line('d') }]);
    const aged = await allOf(table, 'trace');
    expect(aged).toHaveLength(4);
    await holdStore(table).place({
      ...HOLD,
      patientKey: BEN_KEY,
      at: atSecond(1e10).toISOString(),
    });
    expect(await store.removeTraces(aged, LONG_AFTER)).toBe('held');
    expect(await allOf(table, 'trace')).toHaveLength(4);
    const ofAda = aged.filter(({ key: { pk } }) => pk === `P#${ADA_KEY}`);
    expect(await store.removeTraces(ofAda, LONG_AFTER)).toBe('removed');
    // One of Ben, and that of what was done.
    expect((await allOf(table, 'trace')).map(({ key: { pk } }) => pk.slice(0, 3))).toEqual([
      'P#p',
      'DED',
    ]);
  });

  test('a report that somebody was told stays under the hold of whom it is about', async () => {
    const table = await fresh();
    await deliveryStore(table).add(delivery('whd_1', 0, { patientKey: ADA_KEY }));
    expect(await allOf(table, 'trace')).toEqual([]);
    await deliveryStore(table).change('whd_1' as DeliveryId, (current) => ({
      ...current,
      status: 'delivered',
    }));
    const told = await onlyOf(table, 'trace');
    expect(await retentionStore(table).read(told)).toMatchObject({ patientKey: ADA_KEY });
    await holdStore(table).place(HOLD);
    expect(await retentionStore(table).removeTraces([told], LONG_AFTER)).toBe('held');
  });
}
