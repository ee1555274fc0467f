import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Mailbox, OpenFolder } from '../../shared/notification/mailbox/mailbox.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';

export interface MailboxUnderTest {
  readonly mailbox: Mailbox;
  /** Somebody puts these there, one after the other. */
  readonly add: (...mails: readonly Uint8Array[]) => Promise<void>;
  /** And removes the n-th of all that were ever put, counted from 1. */
  readonly remove: (nth: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const mailOf = (text: string): Uint8Array => Buffer.from(`Subject: ${text}\r\n\r\n${text}\r\n`);

const LONG = Buffer.concat([mailOf('long'), Buffer.alloc(300_000, 'line of it\r\n')]);

const textOf = (fetched: Uint8Array | string): string =>
  typeof fetched === 'string' ? fetched : Buffer.from(fetched).toString('latin1');

/** What every mailbox promises. The tests are one story: each goes on where the one before it left. */
export function mailboxContract(name: string, open: () => Promise<MailboxUnderTest>): void {
  describe(`${name} is a mailbox`, () => {
    let opened: MailboxUnderTest;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened.close());

    const inFolder = async <T>(work: (folder: OpenFolder) => Promise<Outcome<T>>): Promise<T> => {
      const read = await opened.mailbox.read(work);
      if (!read.ok) throw new Error(read.failure.code);
      return read.value;
    };
    const uids = async (after = 0, most = 100): Promise<readonly number[]> =>
      (await inFolder((folder) => folder.after(after, most))).map(({ uid }) => uid);

    test('that is empty has nothing behind any UID', async () => {
      expect(await uids()).toEqual([]);
      expect(await uids(17)).toEqual([]);
    });

    test('says what is new in the order in which it came, as much as is asked for', async () => {
      await opened.add(...['a', 'b', 'c', 'd', 'e'].map(mailOf));
      const all = await uids();
      expect(all).toHaveLength(5);
      expect(all).toEqual(all.toSorted((one, other) => one - other));
      for (const [at, uid] of all.entries()) {
        expect(await uids(uid)).toEqual(all.slice(at + 1));
        expect(await uids(uid, 2)).toEqual(all.slice(at + 1, at + 3));
      }
      expect(await uids(all.at(-1)! + 1000)).toEqual([]);
    });

    test('gives mails as they came, with what the server says of their size', async () => {
      await opened.add(LONG);
      const last = (await uids()).at(-1)!;
      const listed = await inFolder((folder) => folder.after(last - 1, 1));
      expect(listed).toEqual([{ uid: last, sizeBytes: LONG.length }]);
      const fetched = await inFolder((folder) => folder.fetch(last, LONG.length));
      expect(Buffer.from(fetched as Uint8Array).equals(LONG)).toBe(true);
    });

    test('gives none that is longer than is asked for', async () => {
      const last = (await uids()).at(-1)!;
      expect(await inFolder((folder) => folder.fetch(last, LONG.length - 1))).toBe('too-large');
      expect(textOf(await inFolder((folder) => folder.fetch(last, LONG.length)))).toHaveLength(
        LONG.length,
      );
    });

    test('is the same each time, whoever read in it', async () => {
      const before = await uids();
      const validity = () => inFolder(async ({ uidValidity }) => done(uidValidity));
      expect(await validity()).toBe(await validity());
      await inFolder((folder) => folder.fetch(before[0]!, 1000));
      expect(await uids()).toEqual(before);
    });

    test('knows what was removed, and finds its way behind it', async () => {
      const before = await uids();
      const [, second = 0, third = 0] = before;
      await opened.remove(1);
      await opened.remove(3);
      expect(await inFolder((folder) => folder.fetch(third, 1000))).toBe('gone');
      expect(await uids()).toEqual(before.filter((_, at) => at !== 0 && at !== 2));
      expect(await uids(second)).toEqual(before.slice(3));
      expect(await uids(third)).toEqual(before.slice(3));
    });

    test('answers what the work answers, and passes on what it throws', async () => {
      const refusal = fail('notification/mailbox-unreachable');
      expect(await opened.mailbox.read(async () => refusal)).toEqual(refusal);
      const thrown = opened.mailbox.read(async () => {
        throw new Error('The table is gone');
      });
      await expect(thrown).rejects.toThrow('The table is gone');
    });
  });
}
