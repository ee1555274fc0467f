import { expect, test } from '@jest/globals';
import { recordStore } from '../../../shared/adapters/dynamo/records.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import type { RecordDocument } from '../../../shared/record/record.ts';
import { ADA_KEY, KEYING, BEN_KEY, document, type FreshTable } from './samples.ts';
import { atSecond } from '../../support/histories.ts';

const release = (by: string) => (current: RecordDocument) =>
  done({ ...current, released: { sha256: current.sha256, by, at: current.receivedAt } });

export function recordStoreContract(fresh: FreshTable): void {
  const open = async () => recordStore(await fresh(), KEYING);

  test('the record of a patient is the documents that were kept, the oldest first', async () => {
    const store = await open();
    const [early, late] = [document('z', 'early', 1), document('a', 'late', 2)];
    expect(await store.keep(late)).toEqual({ change: 'new', kept: late });
    await store.keep(early);
    expect(await store.list(ADA_KEY)).toEqual([early, late]);
    expect(await store.list(BEN_KEY)).toEqual([]);
  });

  test('the same id with other bytes replaces the document', async () => {
    const store = await open();
    await store.keep(document('ccd', 'first', 1));
    const second = document('ccd', 'second', 2);
    expect(await store.keep(second)).toEqual({ change: 'changed', kept: second });
    expect(await store.list(ADA_KEY)).toEqual([second]);
  });

  test('the same bytes again change nothing, the time of arrival included', async () => {
    const store = await open();
    const first = document('ccd', 'same', 1);
    await store.keep(first);
    expect(await store.keep(document('ccd', 'same', 9))).toEqual({
      change: 'unchanged',
      kept: first,
    });
    expect(await store.list(ADA_KEY)).toEqual([first]);
  });

  test('the same bytes under another label or of another type are a change', async () => {
    const store = await open();
    const labelled = { ...document('eob', 'same', 1), labels: { title: 'First', language: 'es' } };
    const retitled = { ...labelled, labels: { title: 'Second', language: 'es' } };
    await store.keep(labelled);
    const swapped = { ...labelled, labels: { language: 'es', title: 'First' } };
    expect((await store.keep(swapped)).change).toBe('unchanged');
    expect((await store.keep(retitled)).change).toBe('changed');
    expect((await store.keep({ ...retitled, mimeType: 'text/plain' })).change).toBe('changed');
    expect((await store.list(ADA_KEY))[0]?.labels).toEqual({ title: 'Second', language: 'es' });
  });

  test('the sections that were found in a document are kept with it, and one may have none', async () => {
    const store = await open();
    const looked = document('ccd', 'text', 1);
    const sections = { problems: 'present', results: 'empty' } as const;
    await store.keep({ ...looked, sections });
    await store.keep(document('earlier', 'text', 2));
    expect((await store.list(ADA_KEY)).map((each) => each.sections)).toEqual([sections, undefined]);
  });

  test('a removed document is no longer of the record; removing it again does no harm', async () => {
    const store = await open();
    await store.keep(document('ccd', 'text', 1));
    await store.keep(document('note', 'text', 2));
    await store.remove(ADA_KEY, 'ccd' as DocumentId, atSecond(9));
    await store.remove(ADA_KEY, 'ccd' as DocumentId, atSecond(9));
    expect((await store.list(ADA_KEY)).map(({ documentId }) => documentId)).toEqual(['note']);
  });

  test('of uploads of one document that race, one is new and each other replaces one before it', async () => {
    const store = await open();
    const race = [1, 2, 3, 4, 5, 6].map((n) => store.keep(document('ccd', `text ${n}`, n)));
    const changes = (await Promise.all(race)).map(({ change }) => change).sort();
    expect(changes).toEqual(['changed', 'changed', 'changed', 'changed', 'changed', 'new']);
    expect(await store.list(ADA_KEY)).toHaveLength(1);
  });

  test('of uploads of the same new bytes that race, one is the change', async () => {
    const store = await open();
    await store.keep(document('ccd', 'old', 0));
    const race = [1, 2, 3, 4, 5, 6].map((n) => store.keep(document('ccd', 'new', n)));
    const answers = await Promise.all(race);
    const [kept] = await store.list(ADA_KEY);
    expect(answers.filter(({ change }) => change === 'changed')).toHaveLength(1);
    expect(answers.map((answer) => answer.kept)).toEqual(answers.map(() => kept));
  });

  test('what is kept beside the bytes can be changed, and is gone with the next version', async () => {
    const store = await open();
    const first = document('ccd', 'first', 1);
    await store.keep(first);
    const changed = await store.change(ADA_KEY, first.documentId, release('staff'));
    const released = { sha256: first.sha256, by: 'staff', at: first.receivedAt };
    expect(changed).toEqual(done({ ...first, released }));
    expect(await store.list(ADA_KEY)).toEqual([{ ...first, released }]);
    expect((await store.keep(document('ccd', 'first', 2))).kept).toEqual({ ...first, released });
    await store.keep(document('ccd', 'second', 3));
    expect(await store.list(ADA_KEY)).toEqual([document('ccd', 'second', 3)]);
  });

  test('a decision for what is there already writes nothing, and so does a refusal', async () => {
    const store = await open();
    const first = document('ccd', 'first', 1);
    await store.keep(first);
    expect(await store.change(ADA_KEY, first.documentId, done)).toEqual(done(first));
    const refused = fail('edge/precondition-failed');
    expect(await store.change(ADA_KEY, first.documentId, () => refused)).toEqual(refused);
    expect(await store.list(ADA_KEY)).toEqual([first]);
  });

  test('record/unknown-document: no such document, or that of another patient', async () => {
    const store = await open();
    const first = document('ccd', 'first', 1);
    await store.keep(first);
    const unknown = fail('record/unknown-document');
    expect(await store.change(ADA_KEY, 'other' as DocumentId, done)).toEqual(unknown);
    expect(await store.change(BEN_KEY, first.documentId, done)).toEqual(unknown);
  });

  test.each([
    ['other bytes', document('ccd', 'second', 1)],
    ['another label', { ...document('ccd', 'first', 2), labels: { title: 'Second' } }],
  ])('%s that come while somebody decides are kept, and decided on anew', async (_, second) => {
    const table = await fresh();
    const store = recordStore(table, KEYING);
    const first = document('ccd', 'first', 1);
    await store.keep(first);
    const seen: RecordDocument[] = [];
    const overtaken = {
      ...table,
      get: async (key: Parameters<typeof table.get>[0]) => {
        const item = await table.get(key);
        if (seen.length === 0) await store.keep(second);
        return item;
      },
    };
    const changed = await recordStore(overtaken, KEYING).change(
      ADA_KEY,
      first.documentId,
      (now) => {
        seen.push(now);
        return release('staff')(now);
      },
    );
    expect(seen).toEqual([first, second]);
    expect(changed).toEqual(release('staff')(second));
    expect((await store.list(ADA_KEY)).map(done)).toEqual([changed]);
  });

  test('of changes and uploads that race, none is about bytes that are gone', async () => {
    const store = await open();
    await store.keep(document('ccd', 'text 0', 0));
    const race = [1, 2, 3, 4, 5, 6].flatMap((n) => [
      store.keep(document('ccd', `text ${n}`, n)),
      store.change(ADA_KEY, 'ccd' as DocumentId, release(`staff ${n}`)),
    ]);
    await Promise.all(race);
    const [kept] = await store.list(ADA_KEY);
    expect(kept?.released?.sha256 ?? kept?.sha256).toBe(kept?.sha256);
    expect(kept?.released?.at ?? kept?.receivedAt).toBe(kept?.receivedAt);
  });

  test('no id that others chose stands in a key', async () => {
    const table = await fresh();
    await recordStore(table, KEYING).keep(document('discharge-of-Ada-Lovelace', 'text', 1));
    const [item] = await table.query({ pk: `P#${ADA_KEY}`, limit: 2 });
    expect(`${item?.pk} ${item?.sk}`).not.toContain('Ada');
    expect(item?.sk).toMatch(/^DOC#[a-z2-7]{52}$/);
  });
}
