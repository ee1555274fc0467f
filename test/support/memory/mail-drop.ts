import type { MailDrop } from '../../../shared/notification/mail-drop.ts';
import type { BytesStore } from '../../../shared/record/store.ts';

/** What is put lies in a bucket that others read, once. */
export function memoryMailDrop(
  bucket: BytesStore & { readonly keys: () => readonly string[] },
): MailDrop {
  return {
    async putOnce(key, bytes) {
      if (bucket.keys().includes(key)) return 'there';
      await bucket.put(key, bytes);
      return 'put';
    },
  };
}
