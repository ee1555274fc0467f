import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow';
import type { ListedMail, OpenFolder } from '../../notification/mailbox/mailbox.ts';
import { done, fail, type Outcome } from '../../outcome.ts';

/** What the server says that cannot be, or says not at all, is as if it could not be reached. */
class Garbled extends Error {}

/**
 * A folder that is open. Every failure of the server is an answer; nothing that it says is believed unseen.
 *
 * @param brokenBy what ended the connection, if that was not we
 */
export const openFolder = (
  client: ImapFlow,
  { uidValidity, exists }: Pick<MailboxObject, 'uidValidity' | 'exists'>,
  brokenBy: () => unknown,
): OpenFolder => ({
  uidValidity: String(uidValidity),
  after: (uid, most) => answered(() => listAfter(client, { uid, most, exists })),

  async fetch(uid, mostBytes) {
    try {
      const source = { start: 0, maxLength: mostBytes + 1 };
      const mail = await client.fetchOne(String(uid), { source }, { uid: true });
      if (!mail) return done('gone');
      if (mail.uid !== uid || !mail.source) return UNREACHABLE;
      return done(mail.source.length > mostBytes ? 'too-large' : mail.source);
    } catch {
      return isTooLarge(brokenBy()) ? done('too-large') : UNREACHABLE;
    }
  },
});

const UNREACHABLE = fail('notification/mailbox-unreachable');

async function answered<T>(ask: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return done(await ask());
  } catch {
    return UNREACHABLE;
  }
}

/** A server that sends more than it was asked for: the connection is at its end, the mail is one to pass over. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof Error &&
  ['LiteralTooLarge', 'ResponseTooLarge'].includes(String(Reflect.get(error, 'code')));

interface Wanted {
  readonly uid: number;
  readonly most: number;
  readonly exists: number;
}

/**
 * The mails behind a UID, found by halving: how many there are in all does not matter, nor how many numbers lie between
 * their UIDs. They are asked for together with the one in front of them: when somebody removes mails meanwhile, numbers
 * move, and a mail that moved to the front would be passed over.
 */
async function listAfter(client: ImapFlow, wanted: Wanted): Promise<readonly ListedMail[]> {
  const { uid, most, exists } = wanted;
  const first = await firstAfter(client, wanted);
  if (first > exists) return [];
  const rows = await client.fetchAll(
    `${Math.max(1, first - 1)}:${Math.min(exists, first + most - 1)}`,
    { uid: true, size: true },
  );
  if (first > 1 && !(uidOf(rows[0]) <= uid)) throw new Garbled();
  const behind = new Map(rows.map((row) => [uidOf(row), row]));
  return [...behind]
    .filter(([each]) => each > uid)
    .map(([each, { size }]) => ({ uid: each, sizeBytes: size ?? 0 }))
    .toSorted((one, other) => one.uid - other.uid)
    .slice(0, most);
}

/** The number of the first mail behind the UID, one more than there are when there is none. */
async function firstAfter(client: ImapFlow, { uid, exists }: Wanted): Promise<number> {
  if (uid === 0) return 1;
  let low = 1;
  let high = exists + 1;
  // Mostly there is nothing new, and the last says so.
  let look = exists;
  while (low < high) {
    const row = await client.fetchOne(String(look), { uid: true });
    if (uidOf(row || undefined) > uid) high = look;
    else low = look + 1;
    look = Math.floor((low + high) / 2);
  }
  return low;
}

/** RFC 3501: 32 bits, and never zero. */
function uidOf(row: FetchMessageObject | undefined): number {
  const uid = row?.uid;
  if (uid === undefined || !Number.isInteger(uid) || uid < 1 || uid > 0xffff_ffff) {
    throw new Garbled();
  }
  return uid;
}
