import { sha256, type AnswerId } from '../../ids.ts';
import { done, type Outcome } from '../../outcome.ts';
import { openMessage } from '../../secure/open.ts';
import type { Settings } from '../../settings.ts';
import { KEPT_FOLDER, type Channel } from '../channel.ts';
import type { MailDrop } from '../mail-drop.ts';
import type { ReceivePorts } from '../receive.ts';
import { answerLetter, type AnswerLetterPorts } from './answer-letter.ts';
import { trustedAuthor } from './author.ts';
import { readLetter } from './read-letter.ts';

export interface TakeLetterPorts
  extends Omit<ReceivePorts, 'ledger' | 'settings'>, Omit<AnswerLetterPorts, 'settings'> {
  readonly kept: MailDrop;
  readonly settings: Pick<Settings, 'acceptSha1' | 'discovery' | 'letters' | 'senders' | 'trust'>;
}

export interface TakenLetter {
  /** Whether it lay there before. */
  readonly isKnown: boolean;
  /** What it shall be answered with, or why with nothing. */
  readonly answers: Outcome<readonly AnswerId[]>;
}

/**
 * Takes in a mail that is no notice. A letter by somebody who is trusted and wrote it himself is kept for staff, and
 * answered. What somebody else's HISP gives us it has decrypted, believed and answered itself: that is kept only.
 *
 * @param raw the mail as it came
 * @failure secure/*, trust/*, notification/not-a-notice, /auto-reply, /unauthenticated, /for-another, /loop,
 *   /too-many-letters
 */
export async function takeLetter(
  raw: Uint8Array,
  channel: Channel,
  ports: TakeLetterPorts,
): Promise<Outcome<TakenLetter>> {
  if (channel !== 'open') return done({ isKnown: await keep(raw, ports), answers: done([]) });
  const opened = openMessage(raw, await ports.keys.decryption(), ports.settings);
  if (!opened.ok) return opened;
  const letter = readLetter(opened.value, ports.settings);
  if (!letter.ok) return letter;
  const signer = await trustedAuthor(opened.value, letter.value.from, ports);
  if (!signer.ok) return signer;
  const isKnown = await keep(raw, ports);
  return done({ isKnown, answers: await answerLetter(letter.value, ports) });
}

const keep = async (raw: Uint8Array, { kept }: TakeLetterPorts): Promise<boolean> =>
  (await kept.putOnce(`${KEPT_FOLDER}${sha256(raw)}`, raw)) === 'there';
