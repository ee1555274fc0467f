import { expect, test } from '@jest/globals';
import { keptDocuments } from '../../shared/deliver/kept-documents.ts';
import type { RecordDocument } from '../../shared/record/record.ts';
import { stored } from '../package/sample-input.ts';
import { valueOf } from '../secure/support/people.ts';
import { sampleCcda } from '../support/ccda.ts';

const one = stored(sampleCcda());
const other = stored(sampleCcda({ documentId: { root: '1.2.3' } }));
const at = ({ document }: typeof one, bytesAt: string): RecordDocument => ({
  ...document,
  bytesAt,
});

/** A bucket that says what it was asked for. */
function bucketOf(places: Readonly<Record<string, Uint8Array>>) {
  const asked: string[] = [];
  return {
    asked,
    async get(key: string): Promise<Uint8Array> {
      asked.push(key);
      return places[key] ?? new Uint8Array();
    },
  };
}

test('a document is fetched and prepared once for all the copies that leave one after the other', async () => {
  const bucket = bucketOf({ one: one.bytes });
  const documents = keptDocuments(bucket);
  const first = valueOf(await documents.of(at(one, 'one')));
  const second = valueOf(await documents.of(at(one, 'one')));

  expect(second.packed).toBe(first.packed);
  expect(first.header?.title).toBe('Summary of care');
  expect(bucket.asked).toEqual(['one']);
});

test('what was said of the document since then is not lost', async () => {
  const documents = keptDocuments(bucketOf({ one: one.bytes }));
  await documents.of(at(one, 'one'));
  const later = { ...at(one, 'one'), receivedAt: '2026-04-01T00:00:00.000Z' };

  expect(valueOf(await documents.of(later)).document).toBe(later);
});

test('the same bytes as another kind of file are prepared as that', async () => {
  const documents = keptDocuments(bucketOf({ one: one.bytes }));
  await documents.of(at(one, 'one'));
  const asText = { ...at(one, 'one'), mimeType: 'text/plain' } as const;

  expect(valueOf(await documents.of(asText)).header).toBeUndefined();
});

test('the oldest goes when there is no room', async () => {
  const bucket = bucketOf({ one: one.bytes, other: other.bytes });
  const documents = keptDocuments(bucket, one.bytes.length * 1.8);
  for (const document of [at(one, 'one'), at(other, 'other'), at(other, 'other'), at(one, 'one')]) {
    valueOf(await documents.of(document));
  }

  expect(bucket.asked).toEqual(['one', 'other', 'one']);
});

test('record/unchecked: other bytes than those that were checked, each time anew', async () => {
  const bucket = bucketOf({ one: other.bytes });
  const documents = keptDocuments(bucket);
  const refusal = { ok: false, failure: { code: 'record/unchecked' } };

  expect(await documents.of(at(one, 'one'))).toEqual(refusal);
  expect(await documents.of(at(one, 'one'))).toEqual(refusal);
  expect(bucket.asked).toEqual(['one', 'one']);
});
