import type { ObjectRemover, Objects } from '../../../shared/report/retention/store.ts';
import type { BytesStore } from '../../../shared/record/store.ts';

/** A bucket that can be looked into. */
export interface MemoryBytes extends BytesStore {
  readonly keys: () => readonly string[];
  readonly remove: (key: string) => boolean;
}

/** A bucket in memory; what is put in or taken out is a copy. */
export function memoryBytes(): MemoryBytes {
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
    remove: (key) => objects.delete(key),
  };
}

/** Takes objects out of buckets in memory. */
export const memoryRemoval = (
  buckets: Readonly<Record<Objects['bucket'], Pick<MemoryBytes, 'keys' | 'remove'>>>,
): ObjectRemover => ({
  async remove({ bucket, name }) {
    const { keys, remove } = buckets[bucket];
    const isIn = (key: string): boolean =>
      name.endsWith('/') ? key.startsWith(name) : key === name;
    return keys().filter(isIn).filter(remove).length;
  },
});
