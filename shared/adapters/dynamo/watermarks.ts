import type { StuckMail, Watermark, Watermarks } from '../../notification/mailbox/watermarks.ts';
import { KEYS } from './keys.ts';
import type { Condition, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';

/** How far mailboxes were read: one item for each, moved only from where it was. */
export const watermarkStore = (table: Table): Watermarks => ({
  async read(mailbox) {
    const item = await table.get(KEYS.mailbox(mailbox));
    return item && bodyOf(item, 'watermark');
  },

  async move(mailbox, from, to) {
    const put = itemOf(KEYS.mailbox(mailbox), 'watermark', to);
    const { ok } = await table.write([{ put, when: standingAt(from) }]);
    return ok;
  },
});

const standingAt = (from: Watermark | undefined): readonly Condition[] =>
  from
    ? [
        { equals: [['body', 'uidValidity'], from.uidValidity] },
        { equals: [['body', 'lastUid'], from.lastUid] },
        ...stuckAt(from.stuckAt),
      ]
    : [{ absent: true }];

/** Where nobody was stuck yet, two who are stuck now say the same. */
const stuckAt = (mail: StuckMail | undefined): readonly Condition[] =>
  mail
    ? [
        { equals: [['body', 'stuckAt', 'uid'], mail.uid] },
        { equals: [['body', 'stuckAt', 'runs'], mail.runs] },
      ]
    : [];
