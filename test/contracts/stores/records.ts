import { expect, test } from '@jest/globals';
import { recordStore } from '../../../shared/adapters/dynamo/records.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { ADA_KEY, KEYING, BEN_KEY, document, type FreshTable } from './samples.ts';

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
    await store.remove(ADA_KEY, 'ccd' as DocumentId);
    await store.remove(ADA_KEY, 'ccd' as DocumentId);
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

  test('no id that others chose stands in a key', async () => {
    const table = await fresh();
    await recordStore(table, KEYING).keep(document('discharge-of-Ada-Lovelace', 'text', 1));
    const [item] = await table.query({ pk: `P#${ADA_KEY}`, limit: 2 });
    expect(`${item?.pk} ${item?.sk}`).not.toContain('Ada');
    expect(item?.sk).toMatch(/^DOC#[a-z2-7]{52}$/);
  });
}
