import { done, fail } from '../../outcome.ts';
import type { UploadStore } from '../../record/upload/store.ts';
import type { Upload } from '../../record/upload/upload.ts';
import { agingAttributes, KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';
import { putOnce } from './table/put-once.ts';

export const uploadStore = (table: Table): UploadStore => ({
  async add(upload) {
    await putOnce(table, uploadItem(upload));
  },

  async get(id) {
    const item = await table.get(KEYS.upload(id));
    return item ? done(bodyOf(item, 'upload')) : fail('record/unknown-upload');
  },

  change: (id, decide) =>
    optimistically(table, async () => {
      const key = KEYS.upload(id);
      const item = await table.get(key);
      if (!item) return fail('record/unknown-upload');
      const current = bodyOf(item, 'upload');
      const decided = decide(current);
      if (!decided.ok || decided.value === current) return decided;

      const next = { ...decided.value, version: current.version + 1 };
      const when = [{ equals: [['body', 'version'], current.version] } as const];
      const written = await table.write([{ put: uploadItem(next), when }]);
      return written.ok ? done(next) : AGAIN;
    }),
});

const uploadItem = (upload: Upload): Item =>
  itemOf(
    KEYS.upload(upload.id),
    'upload',
    upload,
    agingAttributes('trace', upload.id, new Date(upload.createdAt)),
  );
