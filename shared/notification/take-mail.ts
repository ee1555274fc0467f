import { sha256, type Sha256 } from '../ids.ts';
import { done, fail, failAt, type Outcome } from '../outcome.ts';
import type { BringFolder } from './channel.ts';
import type { MailDrop } from './mail-drop.ts';

export interface TakenMail {
  readonly digest: Sha256;
  /** Whether it was brought before. */
  readonly isKnown: boolean;
}

/** A line that begins a header, as tolerant as those who read notices are. */
const FIRST_FIELD = /^[A-Za-z0-9][\x21-\x39\x3b-\x7e]*[ \t]*:/;
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';
const LONGEST_NAME = 200;

/**
 * Puts a mail where those that came by SMTP lie, as it is: whoever is told of it reads it. The same bytes are the same
 * mail, however often they are brought.
 *
 * @failure edge/too-large, edge/malformed (it is empty, or begins with no header)
 */
export async function takeMail(
  raw: Uint8Array,
  folder: BringFolder,
  { drop, mostBytes }: { readonly drop: MailDrop; readonly mostBytes: number },
): Promise<Outcome<TakenMail>> {
  if (raw.length > mostBytes) return fail('edge/too-large');
  const start = Buffer.from(raw.subarray(0, LONGEST_NAME)).toString('latin1');
  const text = start.startsWith(BYTE_ORDER_MARK) ? start.slice(BYTE_ORDER_MARK.length) : start;
  if (!FIRST_FIELD.test(text)) return failAt('edge/malformed', [{ pointer: '', code: 'no-mail' }]);
  const digest = sha256(raw);
  const put = await drop.putOnce(`${folder}${digest}`, raw);
  return done({ digest, isKnown: put === 'there' });
}
