import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MailDrop } from '../../shared/notification/mail-drop.ts';
import type { BytesStore } from '../../shared/record/store.ts';

export interface MailDropUnderTest {
  readonly drop: MailDrop;
  /** What lies there, for whoever may read. */
  readonly bucket: Pick<BytesStore, 'get'>;
  readonly close: () => Promise<void>;
}

/** What everything promises into which mail is put. */
export function mailDropContract(name: string, open: () => Promise<MailDropUnderTest>): void {
  describe(`${name} is a drop for mail`, () => {
    let opened: MailDropUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test('what is put lies there as it was given', async () => {
      const mail = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      expect(await opened.drop.putOnce('posted/bytes', mail)).toBe('put');
      expect(Buffer.from(await opened.bucket.get('posted/bytes')).equals(mail)).toBe(true);
    });

    test('what lies there stays as it is, and that is said', async () => {
      expect(await opened.drop.putOnce('posted/twice', Buffer.from('first'))).toBe('put');
      expect(await opened.drop.putOnce('posted/twice', Buffer.from('second'))).toBe('there');
      expect(Buffer.from(await opened.bucket.get('posted/twice')).toString()).toBe('first');
    });

    test('of many who put the same at once one has put it', async () => {
      const all = Array.from({ length: 5 }, () =>
        opened.drop.putOnce('posted/at-once', Buffer.from('mail')),
      );
      const settled = await Promise.allSettled(all);
      const put = settled.filter((each) => each.status === 'fulfilled' && each.value === 'put');
      expect(put).toHaveLength(1);
    });
  });
}
