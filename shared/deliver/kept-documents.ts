import { done, type Outcome } from '../outcome.ts';
import { prepareDocument, type PreparedDocument } from '../package/prepared.ts';
import type { RecordDocument } from '../record/record.ts';
import type { BytesStore } from '../record/store.ts';

/** Where the documents of a record are had, prepared. */
export interface PreparedDocuments {
  /** @failure the codes of `prepareDocument` */
  of(document: RecordDocument): Promise<Outcome<PreparedDocument>>;
}

/** Less than what one function can hold beside the record that it is sending. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;

/**
 * Prepares documents and keeps the last ones in memory: the copies of one record tend to leave one after the other, in
 * the same function. The place of the bytes names their hash, so what is kept is never out of date.
 */
export function keptDocuments(
  recordBytes: Pick<BytesStore, 'get'>,
  mostBytes = MOST_KEPT_BYTES,
): PreparedDocuments {
  const kept = new Map<string, PreparedDocument>();
  let keptBytes = 0;

  function keep(key: string, prepared: PreparedDocument): void {
    if (kept.has(key)) return;
    kept.set(key, prepared);
    keptBytes += heldBytes(prepared);
    for (const [oldest, each] of kept) {
      if (keptBytes <= mostBytes) return;
      kept.delete(oldest);
      keptBytes -= heldBytes(each);
    }
  }

  return {
    async of(document) {
      const key = `${document.mimeType} ${document.bytesAt}`;
      const known = kept.get(key);
      if (known) return done({ ...known, document });
      const bytes = await recordBytes.get(document.bytesAt);
      const prepared = prepareDocument({ document, bytes });
      if (prepared.ok) keep(key, prepared.value);
      return prepared;
    },
  };
}

const heldBytes = ({ bytes, packed }: PreparedDocument): number =>
  bytes.length + packed.deflated.length;
