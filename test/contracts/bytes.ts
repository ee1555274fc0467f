import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { BytesStore } from '../../shared/record/store.ts';

export interface BytesUnderTest {
  readonly store: BytesStore;
  readonly close: () => Promise<void>;
}

/** What every store of bytes promises. */
export function bytesContract(name: string, open: () => Promise<BytesUnderTest>): void {
  describe(`${name} is a store of bytes`, () => {
    let opened: BytesUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test.each([
      ['nothing at all', new Uint8Array(0)],
      ['every byte there is', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
      ['three megabytes', randomBytes(3 * 1024 * 1024)],
    ])('gives back %s as it was put', async (what, bytes) => {
      const key = `out/tx_${what.length}/1.eml`;
      await opened.store.put(key, bytes);
      expect(Buffer.from(await opened.store.get(key)).equals(Buffer.from(bytes))).toBe(true);
    });

    test('gives what was put last', async () => {
      await opened.store.put('twice', Buffer.from('first'));
      await opened.store.put('twice', Buffer.from('second'));
      expect(Buffer.from(await opened.store.get('twice')).toString()).toBe('second');
    });

    test('keeps its own copy of the bytes', async () => {
      const bytes = Buffer.from('before');
      await opened.store.put('copy', bytes);
      bytes.write('after!');
      (await opened.store.get('copy')).fill(0);
      expect(Buffer.from(await opened.store.get('copy')).toString()).toBe('before');
    });

    test('throws for a key under which nothing was put', async () => {
      await expect(opened.store.get('nothing/here')).rejects.toThrow(/key/);
    });
  });
}
