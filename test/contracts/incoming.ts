import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Incoming } from '../../shared/record/upload/store.ts';

export interface IncomingUnderTest {
  readonly incoming: Incoming;
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the bucket of uploads promises whoever takes out of it. */
export function incomingContract(name: string, open: () => Promise<IncomingUnderTest>): void {
  describe(`${name} is a bucket of uploads`, () => {
    let opened: IncomingUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test('gives what was put there, of the length that is asked for', async () => {
      const bytes = Buffer.alloc(1_000_000, 'bytes');
      await opened.put('incoming/one', bytes);
      const read = await opened.incoming.read('incoming/one', bytes.length);
      expect(read instanceof Uint8Array && Buffer.compare(read, bytes)).toBe(0);
    });

    test('gives nothing of what is longer than is asked for', async () => {
      await opened.put('incoming/long', Buffer.alloc(101));
      expect(await opened.incoming.read('incoming/long', 100)).toBe('too-large');
    });

    test('says that nothing lies there, and removing nothing is done', async () => {
      await opened.put('incoming/two', Buffer.from('two'));
      await opened.incoming.remove('incoming/two');
      expect(await opened.incoming.read('incoming/two', 10)).toBe('gone');
      await opened.incoming.remove('incoming/two');
    });
  });
}
