import type { ListedMail, Mailbox } from '../../../shared/notification/mailbox/mailbox.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';

export interface MemoryMailbox extends Mailbox {
  /** Somebody puts a mail there; its UID is one more than the last, or what is given. */
  add(raw: Uint8Array, uid?: number): void;
  remove(uid: number): void;
  /** The server does not give it out, from now on; the rest as ever. */
  withhold(uid: number): void;
  /** The server was set up anew: the same mails from UID 1, under another UIDVALIDITY. */
  renumber(): void;
  /** From now on. */
  break(code: 'notification/mailbox-unreachable' | 'notification/mailbox-refused'): void;
  /** How often each UID was fetched, in order. */
  readonly fetched: readonly number[];
}

/** A folder in memory. */
export function memoryMailbox(): MemoryMailbox {
  let mails: { readonly uid: number; readonly raw: Uint8Array }[] = [];
  let uidValidity = 1;
  let lastUid = 0;
  let broken: Outcome<never> | undefined;
  const fetched: number[] = [];
  const withheld = new Set<number>();

  return {
    fetched,
    add(raw, uid = lastUid + 1) {
      lastUid = uid;
      mails.push({ uid, raw });
    },
    remove(uid) {
      mails = mails.filter((mail) => mail.uid !== uid);
    },
    withhold(uid) {
      withheld.add(uid);
    },
    renumber() {
      uidValidity += 1;
      mails = mails.map(({ raw }, at) => ({ uid: at + 1, raw }));
      lastUid = mails.length;
    },
    break(code) {
      broken = fail(code);
    },
    async read(work) {
      if (broken) return broken;
      return work({
        uidValidity: `${uidValidity}`,
        async after(uid, most) {
          const behind = mails.filter((mail) => mail.uid > uid).slice(0, most);
          return done(
            behind.map((mail): ListedMail => ({ uid: mail.uid, sizeBytes: mail.raw.length })),
          );
        },
        async fetch(uid, mostBytes) {
          fetched.push(uid);
          if (withheld.has(uid)) return fail('notification/mailbox-unreachable');
          const mail = mails.find((each) => each.uid === uid);
          if (!mail) return done('gone');
          return done(mail.raw.length > mostBytes ? 'too-large' : Uint8Array.from(mail.raw));
        },
      });
    },
  };
}
