import type { Now } from '../clock.ts';
import { sha256 } from '../ids.ts';
import { fail, type Outcome } from '../outcome.ts';
import { messageIdOfUri } from '../package/xdr/message-uri.ts';
import type { MessageDisposition, XdrRequest } from '../package/xdr/xdr.ts';
import type { Settings } from '../settings.ts';
import type { Ledger } from '../transmission/ledger.ts';
import { givenUp, hispAttempts } from './belief/hisp.ts';
import { isSameMailbox } from './belief/same-mailbox.ts';
import type { NoticeFact } from './belief/word.ts';
import { copyNamed } from './find-copy.ts';
import { speaksFor, voiceOfClient } from './hisp-voice.ts';
import { recordWord, type Heard } from './record-word.ts';

export interface DispositionPorts {
  readonly ledger: Ledger;
  readonly settings: Pick<Settings, 'hisp' | 'discovery'>;
  readonly now: Now;
}

/**
 * Takes in what a HISP tells us by XDR of a copy that it was given. Said twice it is known once, under whatever MessageID.
 *
 * @param client subject of the system client that sent it
 * @failure notification/not-a-notice, /unauthenticated (not a HISP of ours, or not given the copy, or not of its domain), /no-message-id,
 *   /unknown-message, /wrong-recipient, /too-many
 */
export async function receiveDisposition(
  { contents, addressing }: XdrRequest,
  client: string,
  ports: DispositionPorts,
): Promise<Outcome<Heard>> {
  if (contents.kind !== 'disposition') return fail('notification/not-a-notice');
  const { said } = contents;
  const voice = voiceOfClient(client, ports.settings);
  if (!voice) return fail('notification/unauthenticated');
  const name = messageIdOfUri(addressing.relatesTo ?? '');
  const copy = await copyNamed(name ? [name] : [], ports.ledger);
  if (!copy.ok) return copy;
  const attempt = hispAttempts(copy.value).at(-1);
  const { address, id } = copy.value.transmission;
  if (attempt === undefined || !speaksFor(voice, address)) {
    return fail('notification/unauthenticated');
  }
  if (!isSameMailbox(said.recipient, address, ports.settings)) {
    return fail('notification/wrong-recipient');
  }
  const noticeId = sha256(JSON.stringify(['disposition', id, attempt, said.disposition]));
  return recordWord(copy.value, { fact: factOf(said, noticeId), attempt }, ports);
}

const factOf = ({ disposition }: MessageDisposition, noticeId: string): NoticeFact =>
  disposition === 'success' ? { kind: 'confirmed', noticeId } : givenUp(noticeId);
