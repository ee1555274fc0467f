import { expect, test } from '@jest/globals';
import { uploadStore } from '../../../shared/adapters/dynamo/uploads.ts';
import { sha256, uploadIdOf, type DocumentId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { begun, ended, type Upload } from '../../../shared/record/upload/upload.ts';
import { ADA, ADA_KEY, type FreshTable } from './samples.ts';

const ONE = uploadIdOf('one');

const upload: Upload = {
  id: ONE,
  by: 'ehr',
  patientId: ADA,
  patientKey: ADA_KEY,
  documentId: 'ccd' as DocumentId,
  type: 'application/pdf',
  labels: { title: 'Letter' },
  sizeBytes: 4,
  sha256: sha256('pdf!'),
  createdAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2026-11-22T12:15:00.000Z',
  attempts: 0,
  version: 1,
};
const refused = {
  kind: 'refused',
  at: '2026-11-22T12:01:00.000Z',
  code: 'record/not-pdf',
} as const;

export function uploadStoreContract(fresh: FreshTable): void {
  test('an upload is added once, and kept whole', async () => {
    const store = uploadStore(await fresh());
    await store.add(upload);
    await store.change(ONE, begun);
    await store.add(upload);
    expect(await store.get(ONE)).toEqual(done({ ...upload, attempts: 1, version: 2 }));
  });

  test('record/unknown-upload: no such id', async () => {
    const store = uploadStore(await fresh());
    expect(await store.get(ONE)).toEqual(fail('record/unknown-upload'));
    expect(await store.change(ONE, begun)).toEqual(fail('record/unknown-upload'));
  });

  test('of ten who begin it at once each is counted, and the first end stands', async () => {
    const store = uploadStore(await fresh());
    await store.add(upload);
    await Promise.all(Array.from({ length: 10 }, () => store.change(ONE, begun)));
    await store.change(ONE, ended(refused));
    await store.change(ONE, ended({ ...refused, code: 'record/too-many' }));
    await store.change(ONE, begun);
    expect(await store.get(ONE)).toEqual(
      done({ ...upload, attempts: 10, ended: refused, version: 12 }),
    );
  });
}
