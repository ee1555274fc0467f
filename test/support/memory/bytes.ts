import type { BytesStore } from '../../../shared/record/store.ts';

/** A bucket in memory; what is put in or taken out is a copy. */
export function memoryBytes(): BytesStore & { readonly keys: () => readonly string[] } {
  const objects = new Map<string, Uint8Array>();
  return {
    async put(key, bytes) {
      objects.set(key, Uint8Array.from(bytes));
    },
    async get(key) {
      const bytes = objects.get(key);
      if (!bytes) throw new Error('There is nothing under that key');
      return Uint8Array.from(bytes);
    },
    keys: () => [...objects.keys()],
  };
}
