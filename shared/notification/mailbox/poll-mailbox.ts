import { later, type Now } from '../../clock.ts';
import { done, type Outcome } from '../../outcome.ts';
import type { MailboxSettings } from '../../settings.ts';
import { folderOf } from '../channel.ts';
import { voiceOfMailbox } from '../hisp-voice.ts';
import type { MailDrop } from '../mail-drop.ts';
import { takeMail } from '../take-mail.ts';
import type { ListedMail, Mailbox, OpenFolder } from './mailbox.ts';
import type { Watermark, Watermarks } from './watermarks.ts';

export interface PollPorts {
  readonly mailbox: Mailbox;
  readonly watermarks: Watermarks;
  readonly drop: MailDrop;
  readonly settings: MailboxSettings;
  readonly now: Now;
}

/** What one run came to. */
export interface Polled {
  /** Mails that were put where mail lies, and were not there before. */
  readonly taken: number;
  /** Mails that are longer than is taken, that are none, or that their server does not give out. */
  readonly skipped: number;
}

/** What SES takes in at most. */
const MOST_BYTES = 40 * 1024 * 1024;
const MOST_MAILS = 200;
/** No mail is begun later than this after the start: the longest takes some seconds, and the function has a minute. */
const MOST_SECONDS = 30;
/** Half an hour: in so many runs, one after the other, the same mail could not be fetched. */
const MOST_RUNS = 30;

/**
 * Takes what is new in a mailbox, mail by mail: first its bytes are put, then the watermark moves. Who dies between the
 * two puts the same bytes under the same key again, and who finds that the watermark was moved by another leaves the
 * rest to him. Where UIDs mean other mails than before, all are looked at again; none is put twice. A mail that cannot be
 * fetched ends the run, and is passed over in the end: it still lies in the mailbox, and those behind it are not lost.
 *
 * @failure notification/mailbox-unreachable, /mailbox-refused: what was taken until then is taken
 */
export const pollMailbox = (ports: PollPorts): Promise<Outcome<Polled>> =>
  ports.mailbox.read(async (folder) => {
    const name = nameOf(ports.settings);
    const known = await ports.watermarks.read(name);
    const isSame = known?.uidValidity === folder.uidValidity;
    const listed = await folder.after(isSame ? known.lastUid : 0, MOST_MAILS);
    if (!listed.ok) return listed;
    return takeAll(listed.value, { name, known, folder }, ports);
  });

/** The same server and folder, whoever logs in. */
const nameOf = ({ url, folder }: MailboxSettings): string => JSON.stringify([url, folder]);

interface Reading {
  readonly name: string;
  readonly known: Watermark | undefined;
  readonly folder: OpenFolder;
}

async function takeAll(
  listed: readonly ListedMail[],
  { name, known, folder }: Reading,
  ports: PollPorts,
): Promise<Outcome<Polled>> {
  const { watermarks, now } = ports;
  const until = later(now(), MOST_SECONDS);
  let from = known;
  let polled: Polled = { taken: 0, skipped: 0 };
  for (const mail of listed) {
    if (now() >= until) break;
    const took = await takeOne(mail, folder, ports);
    if (!took.ok) return stuck(took, mail.uid, { from, polled, name, folder, watermarks });
    const to = { uidValidity: folder.uidValidity, lastUid: mail.uid };
    if (!(await watermarks.move(name, from, to))) break;
    from = to;
    polled = counted(polled, took.value);
  }
  return done(polled);
}

interface Stopped extends Omit<Reading, 'known'> {
  readonly from: Watermark | undefined;
  readonly polled: Polled;
  readonly watermarks: Watermarks;
}

/** Counts the run, or passes over the mail. Perhaps the connection is at its end: what is behind it, the next run takes. */
async function stuck(
  refusal: Extract<Outcome<never>, { readonly ok: false }>,
  uid: number,
  { from, polled, name, folder: { uidValidity }, watermarks }: Stopped,
): Promise<Outcome<Polled>> {
  const here = from?.uidValidity === uidValidity ? from : { uidValidity, lastUid: 0 };
  const runs = (here.stuckAt?.uid === uid ? here.stuckAt.runs : 0) + 1;
  if (runs < MOST_RUNS) {
    const { lastUid } = here;
    await watermarks.move(name, from, { uidValidity, lastUid, stuckAt: { uid, runs } });
    return refusal;
  }
  const isOurs = await watermarks.move(name, from, { uidValidity, lastUid: uid });
  return done(isOurs ? counted(polled, 'skipped') : polled);
}

type Took = 'taken' | 'known' | 'skipped' | 'gone';

const counted = ({ taken, skipped }: Polled, took: Took): Polled => ({
  taken: taken + (took === 'taken' ? 1 : 0),
  skipped: skipped + (took === 'skipped' ? 1 : 0),
});

async function takeOne(
  { uid, sizeBytes }: ListedMail,
  folder: OpenFolder,
  { drop, settings }: PollPorts,
): Promise<Outcome<Took>> {
  if (sizeBytes > MOST_BYTES) return done('skipped');
  const fetched = await folder.fetch(uid, MOST_BYTES);
  if (!fetched.ok) return fetched;
  const raw = fetched.value;
  if (raw === 'gone') return done('gone');
  if (raw === 'too-large') return done('skipped');
  const into = folderOf(voiceOfMailbox(settings));
  const taken = await takeMail(raw, into, { drop, mostBytes: MOST_BYTES });
  if (!taken.ok) return done('skipped');
  return done(taken.value.isKnown ? 'known' : 'taken');
}
