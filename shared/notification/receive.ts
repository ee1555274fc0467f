import type { Now } from '../clock.ts';
import { mailboxOf } from '../discover/address-tag.ts';
import type { Cache } from '../discover/cache.ts';
import type { Fetch } from '../discover/fetch.ts';
import type { DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { DecryptionKeys } from '../secure/keys.ts';
import { openMessage, type OpenedMessage } from '../secure/open.ts';
import type { Settings } from '../settings.ts';
import type { Ledger } from '../transmission/ledger.ts';
import type { History } from '../transmission/transmission.ts';
import type { Certificate } from '../trust/certificate.ts';
import { rulesFor } from '../trust/rules.ts';
import { sourcesOf } from '../trust/sources.ts';
import { trust, type Trusted } from '../trust/trust.ts';
import { isToAnother } from './belief/addressee.ts';
import { hispAttempts, wordOfHisp } from './belief/hisp.ts';
import { wordOnTheWay } from './belief/on-the-way.ts';
import { signedWord } from './belief/signed.ts';
import { factOf, type Word } from './belief/word.ts';
import type { Channel } from './channel.ts';
import { copyNamed } from './find-copy.ts';
import { speaksFor } from './hisp-voice.ts';
import type { Telling } from './reading.ts';
import { readNotification } from './reading/read-notification.ts';
import { recordWord, type Heard } from './record-word.ts';

export interface ReceivePorts {
  readonly keys: DecryptionKeys;
  readonly anchors: () => Promise<readonly Certificate[]>;
  readonly fetch: Fetch;
  readonly cache: Cache;
  readonly settings: Pick<Settings, 'acceptSha1' | 'discovery' | 'trust'>;
  readonly ledger: Ledger;
  readonly now: Now;
}

/**
 * Takes in one mail that came to a sending address. A notice counts if it is encrypted to us and signed by somebody who
 * is trusted and may speak for the recipient of the copy; one that nobody signed, if it comes from the copy's way, or from
 * the HISP that the copy was handed over to. Anything else changes nothing.
 *
 * @param raw the mail as it came, RFC 5322
 * @param channel by which way it came
 * @failure secure/*, trust/*, notification/not-a-notice, /auto-reply, /too-large, /no-message-id, /unknown-message,
 *   /for-another, /wrong-recipient, /unauthenticated, /too-many
 */
export async function receive(
  raw: Uint8Array,
  channel: Channel,
  ports: ReceivePorts,
): Promise<Outcome<Heard>> {
  const opened = openMessage(raw, await ports.keys.decryption(), ports.settings);
  if (opened.ok) return receiveSigned(opened.value, ports);
  return opened.failure.code === 'secure/not-encrypted'
    ? receivePlain(raw, channel, ports)
    : opened;
}

async function receiveSigned(message: OpenedMessage, ports: ReceivePorts): Promise<Outcome<Heard>> {
  const telling = await noticeIn(message.inner);
  if (!telling.ok) return telling;
  // Before anything is fetched: anybody can write to us and name servers to ask, but only recipients know our ids.
  const copy = await copyNamed(telling.value.names, ports.ledger);
  if (!copy.ok) return copy;
  const { address, sender } = copy.value.transmission;
  if (isToAnother(message, sender, ports.settings)) return fail('notification/for-another');
  const signer = await trustedSigner(message, address, ports);
  if (!signer.ok) return signer;
  const { proved } = signer.value;
  const word = signedWord(telling.value, address, { message, proved }, ports.settings);
  return word.ok ? recordWord(copy.value, word.value, ports) : word;
}

async function receivePlain(
  raw: Uint8Array,
  channel: Channel,
  ports: ReceivePorts,
): Promise<Outcome<Heard>> {
  const telling = await noticeIn(raw);
  if (!telling.ok) return telling;
  const copy = await copyNamed(telling.value.names, ports.ledger);
  if (!copy.ok) return copy;
  const word = plainWord(telling.value, copy.value, channel, ports.settings);
  return word.ok ? recordWord(copy.value, word.value, ports) : word;
}

/**
 * That a mail came from a HISP makes it no better where it speaks of a copy that no HISP was given, or of one to a domain
 * that is another's.
 */
const plainWord = (
  telling: Telling,
  copy: History,
  channel: Channel,
  settings: ReceivePorts['settings'],
): Outcome<Word> =>
  channel !== 'open' &&
  speaksFor(channel, copy.transmission.address) &&
  hispAttempts(copy).length > 0
    ? wordOfHisp(telling, copy, settings)
    : wordOnTheWay(telling, copy, settings);

/** A report about delivery, and no mail that has one hanging in it: anybody may send on a report that he got. */
async function noticeIn(raw: Uint8Array): Promise<Outcome<Telling>> {
  const reading = await readNotification(raw);
  if (!reading.ok) return reading;
  const { value: said } = reading;
  if (said.kind === 'auto-reply') return fail('notification/auto-reply');
  const isNotice = 'isReport' in said && said.isReport;
  if (!isNotice || !said.recipients.some(({ disposition, action }) => disposition ?? action)) {
    return fail('notification/not-a-notice');
  }
  // A receipt that it was read, for one.
  return factOf(said, said.recipients) ? done(said) : fail('notification/auto-reply');
}

/** @failure trust/* */
export async function trustedSigner(
  { signer, otherSigners, certificates }: OpenedMessage,
  address: DirectAddress,
  ports: Omit<ReceivePorts, 'keys' | 'ledger'>,
): Promise<Outcome<Trusted>> {
  const mailbox = mailboxOf(address, ports.settings.discovery);
  const { outcome } = await trust(mailbox, [signer, ...otherSigners], 'signature', {
    anchors: await ports.anchors(),
    now: ports.now(),
    rules: rulesFor(address, ports.settings),
    intermediates: certificates,
    sources: sourcesOf(ports),
  });
  return outcome;
}
